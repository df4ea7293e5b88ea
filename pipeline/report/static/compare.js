// Domains, issues, industries, the paper's tables: two frameworks side by side.
/** A bar with its interval as a thin line, for the eye only; the number stands beside it. */
function bar(iv, side, scale) {
  const ns = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(ns, 'svg');
  const set = (element, attrs) => { for (const [name, value] of Object.entries(attrs)) element.setAttribute(name, value); return element; };
  set(svg, { viewBox: '0 0 100 10', class: `bar ${side}`, 'aria-hidden': 'true', preserveAspectRatio: 'none' });
  const at = (x) => Math.max(0, Math.min(100, (100 * x) / scale));
  svg.append(set(document.createElementNS(ns, 'rect'), { x: 0, y: 1, width: at(iv[0]), height: 8 }),
    set(document.createElementNS(ns, 'line'), { x1: at(iv[1]), x2: at(iv[2]), y1: 5, y2: 5 }));
  return svg;
}
const relationName = (l, r) => (l && r ? t('relation_both') : l ? t('relation_left', D.left) : r ? t('relation_right', D.right) : t('relation_neither'));
const relationMark = (l, r) => span(`relation ${l && r ? 'both' : l ? 'left' : r ? 'right' : 'neither'}`, relationName(l, r));

function presenceTable(dim, caption, groups) {
  const rows = [];
  const scale = Math.max(0.01, ...D.presence.filter((p) => p.dim === dim).map((p) => p.share[2] || 0));
  const cells = (side, id) => {
    const row = presenceOf(side, dim, id);
    return [num(row ? row.count : 0, `presence:${side}:${dim}:${id}`, `${side}, ${codeName(id)}`),
      row ? [bar(row.share, sideClass(side), scale), span('nowrap', shareOf(row.share))] : '–', row ? count(row.docs) : '–'];
  };
  for (const [title, codes] of groups) {
    if (!codes.length) continue;
    if (title) rows.push({ group: title });
    for (const code of codes) {
      rows.push([code[lang], ...cells(D.left, code.id), ...cells(D.right, code.id),
        relationMark(present(D.left, dim, code.id), present(D.right, dim, code.id))]);
    }
  }
  const head = (side) => [[[mark(side), ' ', t('sentences')], 'n'], [t('share'), 'share'], [t('nav_documents'), 'n']];
  return table(caption, [[t(dim), 'name'], ...head(D.left), ...head(D.right), [t('relation'), 'rel']], rows, 'presence untitled');
}
function measureTable(dim) {
  const rows = D.overlaps.filter((row) => row.dim === dim);
  if (!rows.length) return null;
  const chance = (row) => (row.mean === null ? '–' : [fixed(row.mean, 2), row.null ? span('iv', ` ${told(row.null)}`) : null]);
  return table(`${t('ov_measures')}: ${t(`dim_${dim}`)}`, [[t('measure'), 'name'], [t('measure_value'), 'n'], [t('measure_null'), 'n'], [t('measure_p'), 'n']],
    rows.map((row) => [measureName(row.measure), valueOf(row.iv), chance(row), pValue(row.p)]), 'narrow');
}
function domains() {
  if (!D.presence.some((p) => p.dim === 'domain')) return note('empty_presence');
  const list = [...D.domains].sort((a, b) => a.row - b.row);
  return [h('p', { class: 'lead' }, t('dom_lead')),
    presenceTable('domain', t('nav_domains'), [[t('dom_paper_rows'), list.filter((d) => d.sub && d.row >= 1 && d.row <= 8)],
      [t('dom_further'), list.filter((d) => d.sub && !(d.row >= 1 && d.row <= 8))], [t('dom_other'), list.filter((d) => !d.sub)]]),
    measureTable('domain')];
}
function issues() {
  if (!D.presence.some((p) => p.dim === 'issue')) return [note('empty_presence'), figure('issue_by_document')];
  const groups = D.domains.map((domain) => [domain[lang], codesOf('issue').filter((code) => code.domain === domain.id)]);
  return [h('p', { class: 'lead' }, t('iss_lead')), figure('overlap_by_issue'), presenceTable('issue', t('nav_issues'), groups),
    measureTable('issue'), content(), figure('issue_by_document')];
}
function industries() {
  if (!D.presence.some((p) => p.dim === 'industry')) return note('empty_presence');
  const groups = groupsOf('industry');
  return [h('p', { class: 'lead' }, t('ind_lead')), figure('industries'),
    presenceTable('industry', t('nav_industries'), [[t('both'), groups.both], [t('left_only', D.left), groups.left],
      [t('right_only', D.left, D.right), groups.right], [t('neither'), groups.neither]]), measureTable('industry')];
}
function content() {
  if (!D.content.length) return null;
  const rows = D.content.map(([issue, l, r, raw, discounted, elsewhere, reused]) => [codeName(issue), num(l, `fw:${D.left},issue:${issue}`, `${D.left}, ${codeName(issue)}`), num(r, `fw:${D.right},issue:${issue}`, `${D.right}, ${codeName(issue)}`), fixed(raw, 2), fixed(discounted, 2), fixed(elsewhere, 2), count(reused)]);
  const pairs = D.matches.filter((m) => m[1] >= 0 && m[2] >= 0);
  return [h('h3', {}, t('content_heading')), h('p', { class: 'lead' }, t('content_lead')),
    table(t('content_heading'), [[t('issue'), 'name'], [[mark(D.left)], 'n'], [[mark(D.right)], 'n'], [t('content_like'), 'n'], [t('content_discounted'), 'n'], [t('content_elsewhere'), 'n'], [t('content_reused'), 'n']], rows),
    pairs.length ? h('details', {}, h('summary', {}, t('matches_heading')), limited(pairs, 10, (m) => h('div', { class: 'pairing' },
      h('p', { class: 'from' }, codeName(m[0]), ` · ${t('content_like')} ${fixed(m[4], 2)}`, m[5] ? ` · “${m[5]}”` : ''),
      h('div', { class: 'two' }, sentence(m[1]), sentence(m[2]))))) : null];
}

// --- the paper's tables ---------------------------------------------------------------
function paper() {
  if (!D.crosswalk.length) return note('empty_crosswalk');
  const tables = [...new Set(D.crosswalk.map((row) => row.table))];
  return [h('p', { class: 'lead' }, t('paper_lead')), tables.map(paperTable)];
}
/** Items go by their id too, as the paper numbers them. */
const rowName = (row) => (row.row.includes('.') ? `${row.row} ${pick(row.name)}` : pick(row.name));
function paperTable(name) {
  const rows = D.crosswalk.map((row, at) => ({ ...row, at })).filter((row) => row.table === name);
  const title = /^figure\s/i.test(name) ? t('paper_figure', name.replace(/^figure\s*/i, '')) : t('paper_table', name);
  const items = (row, side) => h('ul', { class: 'items' }, row[side].map((cell, i) => h('li', {}, h('code', {}, cell.id), ' ', pick(cell.name), cell.part ? span('iv', ` (${t('paper_partly')})`) : null, ' ',
    num(cell.count, `cwc:${row.at}:${side}:${i}`, `${cell.id}, ${rowName(row)}`),
    cell.named.length ? span('iv', ' · ', t('paper_named'), ' ', num(cell.named.length, `cwn:${row.at}:${side}:${i}`, `${cell.id}, ${t('paper_named')}`)) : null)));
  const relation = (text) => relationMark(text === 'both' || text === 'left only', text === 'both' || text === 'right only');
  const agree = (row) => (row.agrees === null ? span('iv', t('agree_none')) : span(row.agrees ? 'agree' : 'differ', row.agrees ? `✓ ${t('agree_yes')}` : `≠ ${t('agree_no')}`));
  const withItems = rows.some((row) => row.left.length || row.right.length);
  const withWhy = rows.some((row) => pick(row.diff) || pick(row.paper));
  const columns = [[t('paper_row'), 'name'], ...(withItems ? [[t('paper_items', D.left), 'items'], [t('paper_items', D.right), 'items']] : []),
    [[mark(D.left)], 'n'], [[mark(D.right)], 'n'], [t('paper_ours'), 'rel'], [t('paper_paper'), 'rel'], [t('paper_agrees'), 'rel'], ...(withWhy ? [[t('paper_why'), 'why']] : [])];
  return h('section', { class: 'part' }, h('h3', {}, title), table(title, columns, rows.map((row) => [rowName(row),
    ...(withItems ? [items(row, 'left'), items(row, 'right')] : []),
    num(row.lcount, `cw:${row.at}:l`, `${D.left}, ${rowName(row)}`), num(row.rcount, `cw:${row.at}:r`, `${D.right}, ${rowName(row)}`), relation(row.rel),
    row.prel ? relation(row.prel) : pick(row.paper) || '–', agree(row), ...(withWhy ? [[row.prel && pick(row.paper) ? h('span', { class: 'iv block' }, `${t('paper_paper')}: ${pick(row.paper)}`) : '', pick(row.diff)]] : [])]), 'paper untitled'));
}

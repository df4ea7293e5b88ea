// Claims of the paper, and the quality of the coding.
const ROUND_IDS = D.frameworks.flatMap((fw) => fw.rounds.map((round) => [fw.id, round.id])).filter(([, id]) => /[a-z]{3}/i.test(id)).sort((a, b) => b[1].length - a[1].length);
/** Where in the paper: in Chinese with Chinese words for section, table, row and line. */
function tellWhere(where) {
  if (!zh()) return where;
  const words = [[/\bSections? ([\d.]+)/gi, '第$1节'], [/\btables? (\d+)/gi, '表$1'], [/\bfigures? (\d+)/gi, '图$1'], [/\brows? (\d+)/gi, '第$1行'],
    [/\blines? ([\d\u2013-]+(?:, [\d\u2013-]+)*)/gi, '原文第$1行'], [/\bpages? ([\d\u2013-]+)/gi, '第$1页'], [/ \(([^)]*)\)/g, '（$1）'], [/, /g, '，'], [/\babstract\b/gi, '摘要'], [/\bconclusion\b/gi, '结论'],
    [/\bintroduction\b/gi, '引言'], [/\bfootnote\b/gi, '脚注'], [/'s source\b/g, '的资料来源'], [/\bsays (\d+)/g, '称$1'], [/; /g, '；'], [/ and ([\d.]+)/g, '与第$1节']];
  return words.reduce((text, [pattern, told]) => text.replace(pattern, told), where);
}
/** A reason with names in place of ids; in Chinese every Latin word that is an id is one. */
function tellReason(reason) {
  let text = pick(reason);
  if (zh()) for (const [fw, id] of ROUND_IDS) text = text.split(`${fw} ${id}`).join(`${fw} ${roundName(fw, id)}`).split(id).join(roundName(fw, id));
  return text.replace(zh() ? /[a-z][a-z_.]*[a-z]/g : /[a-z]+(?:[._][a-z_]+)+/g, (id) => (codeById.has(id) || domainById.has(id) ? codeName(id) : id));
}
function claims() {
  if (!D.claims.length) return note('empty_claims');
  const verdicts = ['supported', 'contradicted', 'not covered'];
  const key = (verdict) => `verdict_${verdict.replace(' ', '_')}`;
  const chosen = state.get('verdict') || '';
  const rows = D.claims.filter((claim) => !chosen || claim.verdict === chosen);
  const glyph = { supported: '✓', contradicted: '≠', 'not covered': '?' };
  const link = (id) => (docById.has(id) && D.docs[docById.get(id)].url ? h('a', { href: D.docs[docById.get(id)].url, target: '_blank', rel: 'noopener noreferrer' }, id) : id);
  return [h('p', { class: 'lead' }, t('claims_lead')),
    h('div', { class: 'controls' }, choice(t('claim_verdict'), chosen, [['', `${t('all')} (${D.claims.length})`],
      ...verdicts.map((id) => [id, `${t(key(id))} (${D.claims.filter((claim) => claim.verdict === id).length})`])], (value) => go({ verdict: value }))),
    table(t('nav_claims'), [[t('text'), 'name'], [t('claim_verdict'), 'rel'], [t('claim_reason'), 'why'], [t('claim_evidence'), 'n']], rows.map((claim) => [
      [h('span', { dir: 'auto' }, pick(claim.text)), h('span', { class: 'iv block' }, `${claim.id} · ${tellWhere(claim.where)}`)],
      span(`badge verdict-${claim.verdict.replace(' ', '-')}`, `${glyph[claim.verdict] || ''} `, t(key(claim.verdict))),
      [tellReason(claim.reason), claim.missing.length ? h('span', { class: 'iv block' }, `${t('claim_missing')}: `, claim.missing.map((id, i) => [i ? ', ' : '', link(id)])) : null],
      num(claim.ev.length, `claim:${claim.id}`, claim.id)]), 'claims untitled')];
}
// --- quality ----------------------------------------------------------------------
const QUALITY_DIMS = ['issue', 'main_issue', 'domain', 'industry', 'action'];
const metricName = (metric) => known(`metric_${metric}`, metric.replace(/_/g, ' '));
/** The first figure there is of some metrics: {iv, support, metric} or null. */
function figureOf(tagger, dim, metrics, slice) {
  for (const metric of metrics) {
    const row = D.quality.find((one) => one[0] === tagger && one[1] === dim && one[2] === metric && one[3] === slice);
    if (row) return { metric, iv: row[4], support: row[5] };
  }
  return null;
}
function qualityOverall() {
  const columns = [['combined', ['micro_f1', 'accuracy'], 'all'], ['combined', ['micro_f1', 'accuracy'], 'macro'],
    ['coders', ['f1', 'accuracy'], 'all'], ['coders', ['alpha_pooled', 'alpha_nominal', 'alpha'], 'all']];
  const rows = QUALITY_DIMS.map((dim) => [dim, columns.map(([tagger, metrics, slice]) => figureOf(tagger, dim, metrics, slice))]).filter(([, cells]) => cells.some(Boolean));
  if (!rows.length) return null;
  const cell = (one) => (one ? [h('span', { class: 'nowrap' }, valueOf(one.iv)), h('span', { class: 'iv block' }, metricName(one.metric))] : '–');
  const support = (cells) => { const one = cells.find(Boolean); return one ? count(one.support) : '–'; };
  return table(t('quality_overall'), [[t('dimension'), 'name'], [t('quality_units'), 'n'], [t('quality_documents'), 'n'], [t('quality_coders'), 'n'], [t('quality_alpha'), 'n'], [t('quality_support'), 'n']],
    rows.map(([dim, cells]) => [t(`dim_${dim}`), ...cells.map(cell), support(cells)]), 'untitled');
}
/** Every further figure, in three lists that open on demand. */
function qualitySlices() {
  const parts = [['language', (slice) => (slice === 'en' || slice === 'zh' ? slice : (/^language:(.+)/.exec(slice) || [])[1]), (id) => known(`name_${id}`, id)],
    ['document', (slice) => (/^document:(.+)/.exec(slice) || [])[1], (id) => id],
    ['code', (slice) => (/^code:(.+)/.exec(slice) || [])[1], codeName]];
  return parts.map(([key, match, name]) => {
    const rows = D.quality.filter((one) => match(one[3]));
    if (!rows.length) return null;
    const title = t(`quality_by_${key}`);
    return h('details', {}, h('summary', {}, `${title} (${count(rows.length)})`), lazily(() => table(title,
      [[t('quality_slice'), 'name'], [t('dimension')], [t('quality_tagger')], [t('quality_measure')], [t('quality_value'), 'n'], [t('quality_support'), 'n']],
      rows.map(([tagger, dim, metric, slice, iv, support]) => [name(match(slice)), t(`dim_${dim}`), known(`tagger_${tagger}`, tagger), metricName(metric), valueOf(iv), count(support)]))));
  });
}
function correctedShares(dim) {
  const rows = D.shares.filter((row) => row[1] === dim);
  const ids = [...new Set(rows.map((row) => row[2]))];
  const cells = (side, id) => {
    const row = rows.find(([selection, , code]) => selection === side && code === id);
    return row ? [pct(row[3]), h('span', { class: 'nowrap' }, shareOf(row[4])), `${count(row[5])} / ${count(row[6])}`] : ['–', '–', '–'];
  };
  const head = (side) => [[[mark(side), ' ', t('share_tagged')], 'n'], [t('share_corrected'), 'n'], [t('share_gold'), 'n']];
  return table(`${t('shares_heading')}: ${t(`dim_${dim}`)}`, [[t(dim), 'name'], ...head(D.left), ...head(D.right)],
    ids.map((id) => [codeName(id), ...cells(D.left, id), ...cells(D.right, id)]), 'untitled');
}
function modelFacts() {
  const facts = Object.entries(D.model);
  if (!facts.length) return null;
  return [h('h3', {}, t('quality_model')), h('dl', { class: 'lists card-facts' }, facts.map(([key, value]) => h('div', {},
    h('dt', {}, known(`fact_${key}`, key.replace(/_/g, ' '))), h('dd', {}, typeof value === 'number' ? count(value) : known(`fact_${key}_${value}`, String(value))))))];
}
function quality() {
  if (!D.quality.length && !Object.keys(D.model).length) return note('empty_quality');
  return [h('p', { class: 'lead' }, t('quality_lead')), qualityOverall(), h('p', { class: 'iv' }, t('quality_note')), qualitySlices(),
    D.figures.some((one) => one.name === 'reliability') ? [h('h3', {}, t('quality_scores_heading')), h('p', { class: 'lead' }, t('reliability_lead')), figure('reliability')] : null,
    D.shares.length ? [h('h3', {}, t('shares_heading')), h('p', { class: 'lead' }, t('shares_lead')), correctedShares('domain'),
      h('details', {}, h('summary', {}, t('nav_issues')), lazily(() => correctedShares('issue')))] : null,
    modelFacts()];
}

// First screen: what overlaps, what does not, what is new, on what this rests.
const compared = (dim) => (dim === 'domain' ? D.domains.filter((d) => d.sub)
  : codesOf(dim).filter((code) => dim !== 'issue' || (domainById.get(code.domain) || {}).sub !== false));
const present = (selection, dim, id) => !!(presenceOf(selection, dim, id) || {}).present;
/** Codes of a dimension by where they are present: both, left, right, neither. */
function groupsOf(dim) {
  const groups = { both: [], left: [], right: [], neither: [] };
  for (const code of compared(dim)) {
    const [l, r] = [present(D.left, dim, code.id), present(D.right, dim, code.id)];
    groups[l && r ? 'both' : l ? 'left' : r ? 'right' : 'neither'].push(code);
  }
  return groups;
}
const codeLinks = (dim, codes, selection) => codes.map((code, i) => [i ? t('list_separator') : '', h('a', {
  class: 'code-link', href: `#show=${encodeURIComponent(`presence:${selection}:${dim}:${code.id}`)}` }, code[lang])]);

function overview() {
  return [basisStrip(), h('div', { class: 'cards' },
    card('ov_overlap', overlapCard()), card('ov_apart', apartCard()), card('ov_new', newCard()), card('ov_basis', basisCard()))];
}
const counted = () => D.docs.filter((doc) => doc.units && doc.basis !== 'paper');
/** What the numbers rest on: documents that count, by basis, and their sentences. */
function tellBasis() {
  const docs = counted();
  const digests = docs.filter((doc) => doc.basis === 'digest').length;
  const sum = docs.reduce((total, doc) => total + doc.units, 0);
  return [t(digests ? 'ov_rests' : 'ov_rests_official', count(docs.length - digests), count(digests), count(sum)), digests];
}
/** One line on the first screen that says what all of it rests on. */
function basisStrip() {
  if (!D.docs.length) return h('p', { class: 'strip warn' }, t('empty_documents'));
  const [text, digests] = tellBasis();
  return h('p', { class: digests ? 'strip warn' : 'strip' }, text, zh() ? '。' : '. ', t(digests ? 'ov_digests' : 'ov_no_digests'));
}
const tellMissing = ([fw, ids, digest]) => t(digest ? 'missing_digest' : 'missing_nothing', fw, ids.map((id) => roundName(fw, id)).join(t('list_separator')));
const card = (key, body) => h('section', { class: 'card', 'aria-labelledby': `h-${key}` }, h('h3', { id: `h-${key}` }, t(key)), body);

function overlapCard() {
  if (!D.presence.length) return note('empty_presence');
  const [dom, iss, ind] = ['domain', 'issue', 'industry'].map(groupsOf);
  const size = (groups) => Object.values(groups).reduce((sum, list) => sum + list.length, 0);
  const headline = ['domain', 'issue', 'industry'].map((dim) => D.overlaps.find((row) => row.dim === dim)).filter(Boolean);
  return [
    h('p', { class: 'lede' }, t('ov_counts', dom.both.length, size(dom), iss.both.length, size(iss), ind.both.length, size(ind))),
    headline.length ? h('dl', { class: 'figures' }, headline.map((row) => h('div', {},
      h('dt', {}, `${measureName(row.measure)}, ${t(`dim_${row.dim}`)}`), h('dd', {}, valueOf(row.iv)), row.mean === null ? null : h('dd', { class: 'chance' }, t('ov_chance', fixed(row.mean, 2), pValue(row.p)))))) : null,
    dom.both.length ? [h('h4', {}, t('ov_domains_both')), h('ul', { class: 'plain' }, dom.both.map((code) => h('li', {}, span('row-name', code[lang]), pairNumbers('domain', code.id))))] : null,
  ];
}
const pairNumbers = (dim, id) => span('pair', [D.left, D.right].map((side) => {
  const row = presenceOf(side, dim, id);
  return [mark(side), ' ', num(row ? row.count : 0, `presence:${side}:${dim}:${id}`, `${side}, ${codeName(id)}`), ' '];
}));

function apartCard() {
  if (!D.presence.length) return note('empty_presence');
  const groups = { domain: groupsOf('domain'), issue: groupsOf('issue'), industry: groupsOf('industry') };
  const titles = { domain: 'nav_domains', issue: 'ov_issues_only', industry: 'ov_industries_only' };
  return [['left', D.left], ['right', D.right]].map(([key, side]) => {
    const parts = Object.keys(groups).filter((dim) => groups[dim][key].length).map((dim) => h('div', {},
      dim === 'issue'
        ? h('details', { open: window.innerWidth >= 1376 }, h('summary', {}, `${t(titles[dim])} (${groups[dim][key].length})`), h('p', { class: 'links' }, codeLinks(dim, groups[dim][key], side)))
        : [h('p', { class: 'label' }, t(titles[dim])), h('p', { class: 'links' }, codeLinks(dim, groups[dim][key], side))]));
    return [h('h4', {}, t('ov_only', ''), mark(side)), parts.length ? h('div', { class: 'lists' }, parts) : h('p', {}, t('ov_only_none'))];
  });
}

const STATUSES = ['new', 'strengthened', 'kept', 'weakened', 'dropped'];
const statusMark = (status) => span(`badge status-${status}`, span('glyph', { new: '+', strengthened: '▲', kept: '=', weakened: '▼', dropped: '×' }[status] || '·'), ' ', known(`status_${status}`, status));
/** The last compared pair of rounds of each framework. */
function latestPairs() {
  const last = new Map();
  for (const change of D.changes) {
    const known = last.get(change.fw);
    if (!known || roundOrder(change.fw, change.to) >= roundOrder(change.fw, known.to)) last.set(change.fw, { fw: change.fw, from: change.from, to: change.to });
  }
  return [...last.values()];
}
function newCard() {
  const pairs = latestPairs();
  if (!pairs.length) return h('p', {}, t('ov_no_changes'));
  return pairs.map((pair) => {
    const rows = D.changes.filter((c) => c.fw === pair.fw && c.from === pair.from && c.to === pair.to);
    const counts = STATUSES.map((status) => [status, rows.filter((c) => c.status === status).length]).filter(([, n]) => n);
    const fresh = rows.filter((c) => c.status === 'new' || c.status === 'strengthened').slice(0, 2);
    return [
      h('h4', {}, mark(pair.fw), ' ', t('ov_change', '', roundName(pair.fw, pair.to), roundName(pair.fw, pair.from)).replace(/^[:：]\s*/, '')),
      h('ul', { class: 'counts' }, counts.map(([status, n]) => h('li', {}, h('a', {
        class: 'num', href: `#at=register&rfw=${encodeURIComponent(pair.fw)}&rpair=${encodeURIComponent(`${pair.from}>${pair.to}`)}&rstatus=${status}` }, count(n)), ' ', statusMark(status)))),
      fresh.map((c) => [h('blockquote', { class: 'small', dir: 'auto', lang: langOf(c.unit) }, c.text.length > 200 ? `${Array.from(c.text).slice(0, 199).join('')}…` : c.text), c.unit < 0 ? null : placeOf(c.unit)]),
    ];
  });
}

function basisCard() {
  if (!D.docs.length) return note('empty_documents');
  const rest = D.docs.filter((doc) => !doc.units).length;
  const sides = [...new Set([D.left, D.right, ...D.docs.map((doc) => doc.fw).sort()])];
  const rows = sides.map((fw) => {
    const docs = D.docs.filter((doc) => doc.fw === fw && doc.units);
    if (!docs.length) return null;
    const kinds = ['official', 'digest', 'paper', 'other'].map((basis) => [basis, docs.filter((doc) => doc.basis === basis).length]).filter(([, n]) => n);
    return h('li', {}, mark(fw), ' ', span('', kinds.map(([basis, n], i) => [i ? ' · ' : '', h('span', { class: basis === 'digest' ? 'badge digest' : null }, t(`count_${basis}`, count(n)))])));
  });
  return [
    h('p', { class: 'lede' }, tellBasis()[0], zh() ? '。' : '.'),
    h('ul', { class: 'plain' }, rows),
    rest ? h('p', { class: 'small iv' }, t('ov_uncounted', count(rest))) : null,
    h('h4', {}, t('ov_missing')),
    D.missing.length ? [h('ul', { class: 'small' }, D.missing.slice(0, 5).map((gap) => h('li', {}, tellMissing(gap)))),
      D.missing.length > 5 ? h('p', { class: 'small' }, h('a', { href: '#at=documents' }, t('ov_more_missing', count(D.missing.length - 5)))) : null]
      : h('p', {}, t('ov_none_missing')),
  ];
}

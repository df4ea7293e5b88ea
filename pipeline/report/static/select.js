// State in the address, and which sentences a view stands for.
const state = new Map();
const watchers = [];
/** Run `redraw` whenever one of `keys` changes. */
const watch = (keys, redraw) => watchers.push([keys, redraw]);

function readAddress(text) {
  const found = new Map();
  for (const [key, value] of new URLSearchParams(text.replace(/^#/, ''))) if (value) found.set(key, value.slice(0, 500));
  return found;
}
function writeAddress() {
  const parts = [...state].filter(([, value]) => value).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  return `#${parts.join('&')}`;
}
/** Merge changes (value "" takes a key away), note them in the address, redraw what depends on them. */
function go(changes, { replace = false } = {}) {
  const changed = [];
  for (const [key, value] of Object.entries(changes)) {
    if ((state.get(key) || '') !== (value || '')) changed.push(key);
    if (value) state.set(key, value); else state.delete(key);
  }
  if (changed.length) history[replace ? 'replaceState' : 'pushState'](null, '', writeAddress());
  redraw(changed);
}
function redraw(changed) {
  for (const [keys, run] of watchers) if (keys.some((key) => changed.includes(key))) run();
}
/** Take the state from the address bar: at the start, and after back and forward. */
function readState() {
  const next = readAddress(location.hash);
  if (!next.has('lang')) next.set('lang', lang);
  const changed = [...new Set([...state.keys(), ...next.keys()])].filter((key) => (state.get(key) || '') !== (next.get(key) || ''));
  state.clear();
  for (const [key, value] of next) state.set(key, value);
  return changed;
}

// --- selecting sentences ---------------------------------------------------------
const FILTERS = ['q', 'fw', 'round', 'domain', 'issue', 'industry', 'action', 'basis', 'doc', 'kind'];
const codeIndex = new Map(D.codes.map((code, i) => [code.id, i]));
const domainOf = D.codes.map((code) => code.domain);
let folded = null;
const fold = (text) => text.normalize('NFKC').toLowerCase().replace(/[’‘]/g, "'").replace(/\s+/g, ' ');
const docOf = (i) => D.docs[U.doc[i]] || {};

/** The words of a query: "in quotes" as one, the rest one by one. */
const splitQuery = (query) => [...fold(query).replace(/[“”]/g, '"').matchAll(/"([^"]+)"|([^\s"]+)/g)].map((m) => m[1] || m[2]);

/** Indexes of the sentences that fit all parts of a filter {q, fw, issue, ...}; unknown names fit nothing. */
function select(filter) {
  const tests = [];
  const docTests = ['fw', 'round', 'basis', 'kind'].filter((key) => filter[key]);
  if (docTests.length || filter.doc) {
    const fits = D.docs.map((doc) => docTests.every((key) => doc[key] === filter[key]) && (!filter.doc || doc.id === filter.doc));
    tests.push((i) => fits[U.doc[i]]);
  }
  if (filter.action) tests.push((i) => U.action[i][0] === codeIndex.get(filter.action));
  if (filter.issue) tests.push((i) => U.issues[i].some((tag) => tag[0] === codeIndex.get(filter.issue)));
  if (filter.domain) tests.push((i) => U.issues[i].some((tag) => domainOf[tag[0]] === filter.domain));
  if (filter.industry) tests.push((i) => U.industries[i].some((tag) => tag[0] === codeIndex.get(filter.industry)));
  if (filter.low) tests.push((i) => U.issues[i].length && U.issues[i][0][1] >= +filter.low && U.issues[i][0][1] < +filter.high);
  if (filter.q) {
    folded = folded || U.text.map(fold);
    const words = splitQuery(filter.q);
    tests.push((i) => words.every((word) => folded[i].includes(word)));
  }
  const found = [];
  for (let i = 0; i < TOTAL; i += 1) if (tests.every((test) => test(i))) found.push(i);
  return found;
}

/** What an address part `show=` stands for: {title, units, total, filter, focus}, or null. */
function resolve(show) {
  const [kind, ...rest] = show.split(':');
  if (kind === 'presence') return resolvePresence(rest);
  if (kind === 'cw') return resolveCrosswalk(rest);
  if (kind === 'cwc' || kind === 'cwn') return resolveCell(kind, rest);
  if (kind === 'claim') {
    const claim = D.claims.find((one) => one.id === rest.join(':'));
    return claim && { title: pick(claim.text), units: claim.ev };
  }
  if (kind === 'pair') return { title: t('matches_heading'), units: rest[0].split('-').map(Number).filter((i) => i >= 0 && i < TOTAL) };
  if (kind === 'near') return resolveContext(rest);
  if (kind === 'score') {
    const [low, high] = (rest[0] || '').split('-').map(Number);
    return Number.isFinite(high) ? { title: t('score_range', low, Math.min(high, 100)), units: select({ low: String(low), high: String(high) }) } : null;
  }
  const filter = readFilter(show);
  return Object.keys(filter).length ? { title: filterTitle(filter), units: select(filter), filter } : null;
}
function readFilter(text) {
  const filter = {};
  for (const part of text.split(',')) {
    const at = part.indexOf(':');
    if (at > 0 && FILTERS.includes(part.slice(0, at))) filter[part.slice(0, at)] = part.slice(at + 1);
  }
  return filter;
}
function filterTitle(filter) {
  const names = { fw: frameworkName, round: (id) => roundName(filter.fw, id), domain: codeName, issue: codeName, industry: codeName,
    action: codeName, basis: (id) => known(`basis_${id}`, id) };
  return Object.entries(filter).map(([key, value]) => (names[key] ? names[key](value) : value)).join(' · ');
}
function resolvePresence(rest) {
  const [selection, dim, id] = [rest.slice(0, -2).join(':'), ...rest.slice(-2)];
  const row = presenceOf(selection, dim, id);
  if (!row) return null;
  const filter = { fw: selection, [dim]: id };
  const units = row.ev.length ? row.ev : select(filter);
  return { title: `${selection} · ${codeName(id)}`, units, total: row.count, filter };
}
function resolveCrosswalk([at, side]) {
  const row = D.crosswalk[+at];
  if (!row) return null;
  const left = side === 'l';
  return { title: `${left ? D.left : D.right} · ${rowName(row)}`, units: left ? row.lev : row.rev, total: left ? row.lcount : row.rcount };
}
/** A group or item of a row: its sentences (cwc), or those that name it (cwn). */
function resolveCell(kind, [at, side, i]) {
  const row = D.crosswalk[+at];
  const cell = row && row[side] && row[side][+i];
  if (!cell) return null;
  const title = `${side === 'left' ? D.left : D.right} · ${cell.id} ${pick(cell.name)} · ${rowName(row)}`;
  return kind === 'cwc' ? { title, units: cell.ev, total: cell.count } : { title: `${title} · ${t('paper_named')}`, units: cell.named };
}
function resolveContext(rest) {
  const [doc, n] = [docById.get(rest.slice(0, -1).join(':')), +rest[rest.length - 1]];
  const at = U.n.findIndex((number, i) => number === n && U.doc[i] === doc);
  if (at < 0) return null;
  const units = [];
  for (let i = Math.max(0, at - 4); i <= at + 4 && i < TOTAL; i += 1) if (U.doc[i] === doc) units.push(i);
  return { title: t('context_of', D.docs[doc].id), units, focus: at };
}
const presenceIndex = new Map(D.presence.map((row) => [[row.sel, row.dim, row.code].join('\n'), row]));
const presenceOf = (selection, dim, id) => presenceIndex.get([selection, dim, id].join('\n'));

const langOf = (i) => (i < 0 ? null : { zh: 'zh-Hans', en: 'en' }[docOf(i).lang] || docOf(i).lang || null);
/** A short pointer under a quoted sentence: where it stands, and whether that is a digest. */
const placeOf = (i) => h('p', { class: 'place' }, h('a', { href: `#show=${encodeURIComponent(`near:${docOf(i).id}:${U.n[i]}`)}` }, `${docOf(i).id}:${U.n[i]}`),
  docOf(i).basis === 'digest' ? [' ', span('badge digest', t('basis_digest'))] : null);
// --- a sentence on the page --------------------------------------------------------
function maker(by) {
  const [kind, ...id] = by.split(':');
  return known(`by_${kind}`, by).replace('{0}', id.join(':'));
}
function chip(tag, cls) {
  const code = D.codes[tag[0]];
  const why = `${t('score', (tag[1] / 100).toFixed(2))} · ${maker(U.makers[tag[2]])}`;
  return span(`chip ${cls}`, span('chip-name', code[lang]), ' ', span('chip-why', why));
}
/** Text with the words of a query marked; still text nodes only. */
function highlight(text, query) {
  const words = query ? splitQuery(query) : [];
  const low = text.toLowerCase();
  if (!words.length || low.length !== text.length) return [text];
  const pieces = [];
  let at = 0;
  while (at < text.length) {
    let [best, length] = [-1, 0];
    for (const word of words) {
      const found = low.indexOf(word, at);
      if (found >= 0 && (best < 0 || found < best)) [best, length] = [found, word.length];
    }
    if (best < 0) break;
    pieces.push(text.slice(at, best), h('mark', {}, text.slice(best, best + length)));
    at = best + length;
  }
  pieces.push(text.slice(at));
  return pieces;
}
function provenance(i) {
  const doc = docOf(i);
  return [mark(doc.fw), ' ', roundName(doc.fw, doc.round), doc.date ? ` · ${day(doc.date)}` : '', ' · ', h('bdi', {}, doc.title || ''),
    doc.basis === 'digest' ? [' ', span('badge digest', t('digest_note'))] : doc.basis === 'paper' ? [' ', span('badge', t('basis_paper'))] : null];
}
function sentence(i, { query = '', focus = -1 } = {}) {
  const doc = docOf(i);
  const section = U.sections[U.section[i]];
  const place = [section, U.page[i] ? t('page', U.page[i]) : '', `${doc.id}:${U.n[i]}`].filter(Boolean).join(' · ');
  return h('article', { class: i === focus ? 'sentence focus' : 'sentence' },
    h('p', { class: 'from' }, provenance(i)),
    h('blockquote', { lang: langOf(i), dir: 'auto' }, highlight(U.text[i], query)),
    h('p', { class: 'chips' }, U.issues[i].map((tag) => chip(tag, 'issue')), U.industries[i].map((tag) => chip(tag, 'industry')),
      chip(U.action[i], 'action')),
    h('p', { class: 'place' }, h('bdi', {}, place), ' · ',
      h('a', { href: `#show=${encodeURIComponent(`near:${doc.id}:${U.n[i]}`)}` }, t('context')),
      doc.url ? [' · ', h('a', { href: doc.url, target: '_blank', rel: 'noopener noreferrer' }, t('official'), ' ↗')] : null));
}

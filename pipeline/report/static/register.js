// The register of commitments, earlier and later sentence side by side; threads.
const REGISTER_PAGE = 12;
function register() {
  if (!D.changes.length) return note('empty_changes');
  const frameworks = [...new Set(D.changes.map((c) => c.fw))];
  const fw = state.get('rfw') || '';
  const inFw = D.changes.filter((c) => !fw || c.fw === fw);
  const pairs = [...new Map(inFw.map((c) => [`${c.from}>${c.to}`, c])).entries()];
  const pair = pairs.some(([id]) => id === state.get('rpair')) ? state.get('rpair') : '';
  const [status, issue] = [state.get('rstatus') || '', state.get('rissue') || ''];
  const rows = inFw.filter((c) => (!pair || `${c.from}>${c.to}` === pair) && (!status || c.status === status) && (!issue || c.issues.includes(codeIndex.get(issue))));
  const dated = (c) => (roundEntry(c.fw, c.to) || { date: '' }).date;
  rows.sort((a, b) => dated(b).localeCompare(dated(a)));
  const used = codesOf('issue').filter((code) => D.changes.some((c) => c.issues.includes(codeIndex.get(code.id))));
  const all = ['', t('all')];
  return [h('p', { class: 'lead' }, t('reg_lead')),
    h('div', { class: 'controls' },
      choice(t('framework'), fw, [all, ...frameworks.map((id) => [id, id])], (v) => go({ rfw: v, rpair: '' })),
      choice(t('reg_pair'), pair, [all, ...pairs.map(([id, c]) => [id, `${fw ? '' : `${c.fw}: `}${roundName(c.fw, c.from)} → ${roundName(c.fw, c.to)}`])], (v) => go({ rpair: v })),
      choice(t('status'), status, [all, ...STATUSES.map((id) => [id, t(`status_${id}`)])], (v) => go({ rstatus: v })),
      choice(t('issue'), issue, [all, ...used.map((code) => [code.id, code[lang]])], (v) => go({ rissue: v }))),
    h('p', { class: 'count', role: 'status' }, t('reg_count', count(rows.length), count(D.changes.length))),
    rows.length ? limited(rows, REGISTER_PAGE, changeCard) : note('empty_result')];
}
/** How likely the antecedent, or its absence, is; what is dropped has a trace instead of a probability. */
function likelihood(change) {
  if (change.score === null || change.status === 'dropped') return '';
  return span('iv', ` · ${t(change.status === 'new' ? 'reg_score_new' : 'reg_score', fixed(100 * change.score, 0))}`);
}
function changeCard(change) {
  const link = change.links[0];
  const [was, now] = change.acts;
  const action = was && now && was !== now ? `${codeName(was)} → ${codeName(now)}` : codeName(now || was || '');
  return h('article', { class: 'change' },
    h('p', { class: 'from' }, statusMark(change.status), ' ', mark(change.fw), ' ', h('strong', {}, change.issues.map((i) => D.codes[i][lang]).join(' · ')),
      action ? ` · ${action}` : '', likelihood(change)),
    h('div', { class: 'two' },
      side(t('reg_earlier', roundName(change.fw, change.from)), link && link[1], link ? link[0] : -1, change.marks[0], 'was', t('reg_absent_earlier')),
      side(t('reg_later', roundName(change.fw, change.to)), change.text, change.unit, change.marks[1], 'now', t('reg_absent_later'))),
    change.links.length > 1 ? h('details', {}, h('summary', {}, `${t('reg_also')} (${change.links.length - 1})`), change.links.slice(1).map((other) => h('blockquote', { dir: 'auto' }, other[1]))) : null,
    change.signals.length || (link && link[3].length) ? h('p', { class: 'place' }, `${t('reg_why')}: `, [...change.signals.filter((signal) => !signal.startsWith('action ')).map(told), ...(link ? link[3].map(([name, weight]) => `${told(name)} ${fixed(weight, 2)}`) : [])].join(' · ')) : null);
}
function side(title, text, unit, marks, cls, absent) {
  const doc = unit >= 0 ? docOf(unit) : null;
  return h('div', { class: `side-text ${cls}` }, h('h4', {}, title),
    text ? h('blockquote', { dir: 'auto', lang: langOf(unit) }, marked(text, marks || [], cls === 'was' ? 'del' : 'ins')) : h('p', { class: 'empty' }, absent),
    text ? h('p', { class: 'place' }, doc ? [h('a', { href: `#show=${encodeURIComponent(`near:${doc.id}:${U.n[unit]}`)}` }, `${doc.id}:${U.n[unit]}`),
      U.page[unit] ? ` · ${t('page', U.page[unit])}` : '', doc.basis === 'digest' ? [' ', span('badge digest', t('digest_note'))] : null,
      doc.url ? [' · ', h('a', { href: doc.url, target: '_blank', rel: 'noopener noreferrer' }, t('official'), ' ↗')] : null] : t('outside')) : null);
}
/** Offsets count code points, JavaScript counts UTF-16: cut by code points. */
function marked(text, marks, tag) {
  if (!marks.length) return [text];
  const letters = Array.from(text);
  const pieces = [];
  let at = 0;
  for (const [start, end] of [...marks].sort((a, b) => a[0] - b[0])) {
    if (start < at || end <= start) continue;
    pieces.push(letters.slice(at, start).join(''), h(tag, {}, letters.slice(start, end).join('')));
    at = end;
  }
  return [...pieces, letters.slice(at).join('')];
}

// --- threads ------------------------------------------------------------------------
function threads() {
  if (!D.threads.length) return note('empty_threads');
  const query = state.get('tq') || '';
  const words = splitQuery(query);
  const text = (thread) => fold([thread.name, thread.id, ...thread.issues.map((i) => D.codes[i].en + D.codes[i].zh), ...thread.steps.map((step) => step[3])].join(' '));
  const wanted = state.get('thread') || '';
  const rows = D.threads.filter((thread) => thread.id === wanted || words.every((word) => text(thread).includes(word)));
  rows.sort((a, b) => (b.id === wanted) - (a.id === wanted) || b.steps.length - a.steps.length);
  return [h('p', { class: 'lead' }, t('thr_lead')), figure('threads'),
    h('div', { class: 'controls' }, h('label', { class: 'field' }, span('label', t('thr_find')), h('input', { type: 'search', value: query, onchange: (event) => go({ tq: event.target.value, thread: '' }) }))),
    h('p', { class: 'count' }, t('thr_count', count(rows.length), count(D.threads.length))),
    limited(rows, REGISTER_PAGE, (thread) => threadCard(thread, thread.id === wanted))];
}
function threadCard(thread, open) {
  return h('details', { class: 'thread', open, id: `thread-${thread.id}` },
    h('summary', {}, mark(thread.fw), ' ', h('strong', { dir: 'auto' }, thread.name), ' ', span('iv', `${t('thr_steps', thread.steps.length)} · ${[...thread.issues, ...thread.industries].map((i) => D.codes[i][lang]).join(' · ')}`)),
    h('ol', { class: 'steps' }, thread.steps.map(([round, date, unit, text, action, status]) => h('li', {},
      h('p', { class: 'from' }, statusMark(status), ' ', h('strong', {}, roundName(thread.fw, round)), ` · ${day(date)} · ${codeName(action)}`),
      h('blockquote', { dir: 'auto', lang: langOf(unit) }, text),
      unit >= 0 ? h('p', { class: 'place' }, h('a', { href: `#show=${encodeURIComponent(`near:${docOf(unit).id}:${U.n[unit]}`)}` }, `${docOf(unit).id}:${U.n[unit]}`)) : null))));
}

// Shares over the rounds, and figures set into the page.
/** A figure: its SVG (made by this report, not by a source), words, files, data. */
function figure(name) {
  const drawn = D.figures.find((one) => one.name === name && one.language === lang);
  if (!drawn) return note('empty_figure');
  const svg = document.importNode(new DOMParser().parseFromString(drawn.svg, 'image/svg+xml').documentElement, true);
  walkMarks(svg);
  const file = (suffix) => h('a', { href: `figures/${name}.${lang}.${suffix}`, download: '' }, suffix.toUpperCase());
  return h('figure', { class: 'figure' },
    h('figcaption', {}, h('strong', {}, drawn.title), ' ', span('alt', drawn.alt)),
    h('div', { class: `drawing ${name}`, tabindex: '0', role: 'region', 'aria-label': drawn.title, 'aria-description': t('figure_keys') }, svg),
    drawn.note ? h('p', { class: 'warn' }, drawn.note) : null,
    h('p', { class: 'files' }, t('figure_files'), ': ', file('svg'), ' · ', drawn.note ? null : [file('png'), ' · '], file('csv')),
    h('details', {}, h('summary', {}, t('figure_data')), lazily(() => table(`${drawn.title}: ${t('figure_data')}`, drawn.header.map((title, i) => [title, i ? null : 'name']), drawn.rows.map((row) => row.map((cell, i) => (i ? cell : h('bdi', {}, cell))))))));
}
/** Hundreds of marks are one stop for the Tab key; arrow keys, Home and End go from mark to mark. */
function walkMarks(svg) {
  const marks = [...svg.querySelectorAll('a')];
  marks.forEach((one, i) => one.setAttribute('tabindex', i ? '-1' : '0'));
  svg.addEventListener('keydown', (event) => {
    const at = marks.indexOf(event.target);
    const step = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: marks.length - 1 }[event.key];
    if (at < 0 || step === undefined || !marks[step]) return;
    event.preventDefault();
    marks[at].setAttribute('tabindex', '-1');
    marks[step].setAttribute('tabindex', '0');
    marks[step].focus();
  });
}
/** A place that is filled when the details around it are opened first. */
function lazily(make) {
  const place = h('div', {});
  queueMicrotask(() => place.parentElement && place.parentElement.addEventListener('toggle', () => { if (!place.firstChild) add(place, [make()]); }));
  return place;
}

const DRIFT_DIMS = ['domain', 'issue', 'industry', 'action', 'bindingness'];
function rounds() {
  if (!D.drift.length) return [note('empty_drift'), overTime()];
  const frameworks = [...new Set(D.drift.map((row) => row.fw))];
  const fw = frameworks.includes(state.get('dfw')) ? state.get('dfw') : frameworks[0];
  const dims = DRIFT_DIMS.filter((dim) => D.drift.some((row) => row.dim === dim && row.fw === fw));
  const dim = dims.includes(state.get('ddim')) ? state.get('ddim') : dims[0];
  return [h('p', { class: 'lead' }, t('rounds_lead')), figure('share_by_round'),
    h('div', { class: 'controls' },
      choice(t('framework'), fw, frameworks.map((id) => [id, id]), (value) => go({ dfw: value })),
      choice(t('rounds_dim'), dim, dims.map((id) => [id, t(`dim_${id}`)]), (value) => go({ ddim: value }))),
    driftTable(fw, dim), overTime()];
}
function driftTable(fw, dim) {
  const rows = D.drift.filter((row) => row.fw === fw && row.dim === dim && row.counts.some((n) => n));
  if (!rows.length) return note('empty_drift');
  const names = rows[0].rounds;
  const key = { domain: 'domain', issue: 'issue', industry: 'industry', action: 'action' }[dim];
  const cell = (row, i) => {
    const iv = row.shares[i];
    const text = dim === 'bindingness' ? fixed(iv[0], 2) : fixed(100 * iv[0], 1);
    const about = `${row.counts[i]}/${row.units[i]} · ${fixed(100 * iv[1], 1)}–${fixed(100 * iv[2], 1)}`;
    if (!key || !row.counts[i]) return h('span', { class: row.counts[i] ? null : 'zero', title: about }, text);
    return h('a', { class: 'num', title: about, href: `#show=${encodeURIComponent(`fw:${fw},round:${names[i]},${key}:${row.code}`)}`,
      'aria-label': `${codeName(row.code)}, ${roundName(fw, names[i])}: ${text}` }, text);
  };
  const p = (row) => { const best = row.p[1] === null ? row.p[0] : row.p[1]; return pValue(best); };
  const slope = (row) => (row.p[0] === null ? '–' : (dim === 'bindingness' ? signed(row.slope, 3) : signed(100 * row.slope, 1)));
  return table(`${t('rounds_table')}: ${fw}, ${t(`dim_${dim}`)}`, [[t('rounds_dim'), 'name'], ...names.map((id) => [h('span', { class: 'turn' }, roundName(fw, id)), 'n']), [t('rounds_trend'), 'n'], [t('rounds_p'), 'n']],
    rows.map((row) => [codeName(row.code), ...names.map((_, i) => cell(row, i)), slope(row), p(row)]), 'wide');
}
function overTime() {
  if (!D.overTime.length) return null;
  const first = D.overTime.find((point) => point.measures.length);
  if (!first) return null;
  const keys = [];
  for (const row of first.measures) if (!keys.some(([dim]) => dim === row.dim)) keys.push([row.dim, row.measure]);
  const rows = D.overTime.map((point) => [day(point.date), `${count(point.docs[0])} / ${count(point.docs[1])}`, `${count(point.units[0])} / ${count(point.units[1])}`,
    ...keys.map(([dim, measure]) => { const row = point.measures.find((m) => m.dim === dim && m.measure === measure); return row ? valueOf(row.iv) : '–'; })]);
  const both = (title) => [[title, ' ', mark(D.left), ' / ', mark(D.right)], 'n'];
  return [h('h3', {}, t('time_heading')), h('p', { class: 'lead' }, t('time_lead')),
    table(t('time_heading'), [[t('date'), 'name'], both(t('nav_documents')), both(t('sentences')), ...keys.map(([dim, measure]) => [`${measureName(measure)}, ${t(`dim_${dim}`)}`, 'n'])], rows)];
}

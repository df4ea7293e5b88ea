// Search and filter over all sentences, and the drawer with the sentences behind a number.
const PAGE = 25;
const currentFilter = () => Object.fromEntries(FILTERS.map((key) => [key, state.get(`f.${key}`) || '']));
function searchForm() {
  const filter = currentFilter();
  const set = (key) => (value) => go({ [`f.${key}`]: value });
  const all = ['', t('all')];
  const distinct = (key) => [...new Set(D.docs.filter((doc) => !filter.fw || doc.fw === filter.fw).map((doc) => doc[key]))].filter(Boolean);
  const roundsHere = distinct('round').sort((a, b) => roundOrder(filter.fw || D.left, a) - roundOrder(filter.fw || D.left, b));
  const used = (dim) => codesOf(dim).map((code) => [code.id, code[lang]]);
  let timer = 0;
  const input = h('input', { type: 'search', id: 'query', value: filter.q, 'aria-describedby': 'query-hint', autocomplete: 'off',
    oninput: (event) => { clearTimeout(timer); const value = event.target.value; timer = setTimeout(() => go({ 'f.q': value }, { replace: true }), 150); } });
  return h('div', { class: 'controls search', role: 'search', 'aria-label': t('nav_sentences') },
    h('label', { class: 'field query' }, span('label', t('sen_query')), input, h('span', { class: 'iv', id: 'query-hint' }, t('sen_hint'))),
    choice(t('framework'), filter.fw, [all, ...[...new Set(D.docs.map((doc) => doc.fw))].filter(Boolean).sort().map((id) => [id, id])], (v) => go({ 'f.fw': v, 'f.round': '' })),
    choice(t('round'), filter.round, [all, ...roundsHere.map((id) => [id, roundName(filter.fw || (D.docs.find((doc) => doc.round === id) || {}).fw, id)])], set('round')),
    choice(t('domain'), filter.domain, [all, ...D.domains.map((d) => [d.id, d[lang]])], set('domain')),
    choice(t('issue'), filter.issue, [all, ...used('issue')], set('issue')),
    choice(t('industry'), filter.industry, [all, ...used('industry')], set('industry')),
    choice(t('action'), filter.action, [all, ...used('action')], set('action')),
    choice(t('basis'), filter.basis, [all, ...distinct('basis').map((id) => [id, known(`basis_${id}`, id)])], set('basis')),
    choice(t('document'), filter.doc, [all, ...D.docs.map((doc) => [doc.id, doc.id])], set('doc')),
    h('button', { type: 'button', onclick: () => go(Object.fromEntries(FILTERS.map((key) => [`f.${key}`, '']))) }, t('sen_clear')));
}
function searchResult() {
  const filter = currentFilter();
  const found = select(filter);
  return [h('p', { class: 'count', role: 'status' }, t('sen_shown', count(found.length), count(TOTAL))),
    found.length ? limited(found, PAGE, (i) => sentence(i, { query: filter.q })) : note('empty_result')];
}
function sentencesSection() {
  const form = h('div', {}, searchForm());
  const result = h('div', { class: 'result' }, searchResult());
  sentencesSection.update = () => {
    const typing = document.activeElement && document.activeElement.id === 'query';
    const focused = [...form.querySelectorAll('select, input, button')].indexOf(document.activeElement);
    if (typing) {
      if (document.activeElement.value !== currentFilter().q) document.activeElement.value = currentFilter().q;
    } else {
      form.replaceChildren(searchForm());
      const again = form.querySelectorAll('select, input, button')[focused];
      if (again) again.focus({ preventScroll: true });
    }
    result.replaceChildren();
    add(result, [searchResult()]);
  };
  return [h('p', { class: 'lead' }, t('sen_lead')), form, result];
}
watch(FILTERS.map((key) => `f.${key}`), () => sentencesSection.update && sentencesSection.update());

// --- the drawer ------------------------------------------------------------------------
const drawer = document.getElementById('drawer');
let opener = null;
function showDrawer() {
  const show = state.get('show');
  const view = show ? resolve(show) : null;
  if (!view) { if (drawer.open) drawer.close(); return; }
  drawer.replaceChildren();
  const total = view.total === undefined ? view.units.length : view.total;
  add(drawer, [h('div', { class: 'drawer-head' },
    h('div', {}, h('p', { class: 'from' }, t('behind')), h('h2', { id: 'drawer-title', tabindex: '-1' }, view.title), h('p', { class: 'count' }, sentences(view.units.length))),
    h('button', { type: 'button', class: 'close', onclick: () => drawer.close() }, t('close'))),
  total !== view.units.length ? h('p', { class: 'warn' }, t('shown_part', count(total), count(view.units.length))) : null,
  view.filter ? h('p', {}, h('a', { href: `#at=sentences&show=&${FILTERS.map((key) => `f.${key}=${encodeURIComponent(view.filter[key] || '')}`).join('&')}` }, t('open_search'))) : null,
  view.units.length ? limited(view.units, PAGE, (i) => sentence(i, { focus: view.focus })) : note('empty_result')]);
  if (!drawer.open) { opener = document.activeElement; drawer.showModal(); }
  drawer.scrollTop = 0;
  document.getElementById('drawer-title').focus({ preventScroll: true });
}
drawer.addEventListener('close', () => {
  if (state.get('show')) go({ show: '' });
  if (opener && opener.isConnected) opener.focus({ preventScroll: true });
  opener = null;
});
drawer.addEventListener('click', (event) => { if (event.target === drawer) drawer.close(); });

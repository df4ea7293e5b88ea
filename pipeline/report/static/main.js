// The page as a whole: header, contents, sections, language, moving about.
const SECTIONS = [
  ['overview', overview, []], ['domains', domains, []], ['issues', issues, []], ['industries', industries, []], ['paper', paper, []],
  ['rounds', rounds, ['dfw', 'ddim']], ['register', register, ['rfw', 'rpair', 'rstatus', 'rissue']], ['threads', threads, ['tq', 'thread']],
  ['claims', claims, ['verdict']], ['quality', quality, []], ['documents', documents, []], ['sentences', sentencesSection, []], ['method', method, []],
];
const main = document.getElementById('main');

function drawPage() {
  lang = D.languages.includes(state.get('lang')) ? state.get('lang') : D.languages[0];
  document.documentElement.lang = zh() ? 'zh-Hans' : 'en';
  document.title = `${D.left} – ${D.right}: ${t('title')}`;
  document.getElementById('skip').textContent = t('skip');
  drawHeader();
  const nav = document.getElementById('contents');
  nav.setAttribute('aria-label', t('contents'));
  nav.replaceChildren(h('ul', {}, SECTIONS.map(([id]) => h('li', {}, h('a', { href: `#at=${id}` }, t(`nav_${id}`))))));
  main.replaceChildren(...SECTIONS.map(([id, draw]) => {
    const body = h('div', { class: 'body' }, draw());
    return h('section', { id, 'aria-labelledby': `title-${id}` }, h('h2', { id: `title-${id}`, tabindex: '-1' }, t(`nav_${id}`)), body);
  }));
  document.getElementById('foot').replaceChildren(h('p', {}, t('foot', day(D.stamp) || t('unknown'), D.codebook)));
  markPlace();
}
function drawHeader() {
  const names = { en: 'English', zh: '中文' };
  document.getElementById('top').replaceChildren(
    h('div', { class: 'brand' }, h('h1', {}, t('heading', D.left, D.right)),
      h('p', { class: 'sub' }, [D.left, D.right].map((id, i) => [i ? ' · ' : '', mark(id), ' ', frameworkName(id)]))),
    D.languages.length > 1 ? h('div', { class: 'languages', role: 'group', 'aria-label': t('language') }, D.languages.map((id) => h('button', {
      type: 'button', lang: id === 'zh' ? 'zh-Hans' : 'en', 'aria-pressed': String(id === lang), onclick: () => { go({ lang: id }); document.querySelector('.languages [aria-pressed="true"]').focus(); } }, names[id]))) : '');
}
for (const [id, draw, keys] of SECTIONS) {
  if (!keys.length) continue;
  watch(keys, () => {
    const body = document.querySelector(`#${id} > .body`);
    const fields = () => [...body.querySelectorAll('.controls select, .controls input')];
    const focused = fields().indexOf(document.activeElement);
    body.replaceChildren();
    add(body, [draw()]);
    if (focused >= 0 && fields()[focused]) fields()[focused].focus({ preventScroll: true });
  });
}
function markPlace() {
  for (const link of document.querySelectorAll('#contents a')) {
    if (link.getAttribute('href') === `#at=${state.get('at') || 'overview'}`) link.setAttribute('aria-current', 'true'); else link.removeAttribute('aria-current');
  }
}
function goToPlace() {
  const title = document.getElementById(`title-${state.get('at') || ''}`);
  if (!title) return;
  title.focus({ preventScroll: true });
  title.scrollIntoView({ block: 'start' });
  markPlace();
}
watch(['lang'], drawPage);
watch(['lang', 'show'], showDrawer);

document.addEventListener('click', (event) => {
  const link = event.target.closest && event.target.closest('a[href^="#"]');
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const changes = {};
  for (const [key, value] of new URLSearchParams(link.getAttribute('href').slice(1))) changes[key] = value;
  if ('at' in changes && drawer.open) { opener = null; drawer.close(); }
  go(changes);
  if (changes.at) goToPlace();
});
const restore = () => {
  const changed = readState();
  redraw(changed);
  if (changed.includes('at')) goToPlace();
};
window.addEventListener('popstate', restore);

readState();
drawPage();
if (state.get('show')) showDrawer();
if (state.get('at') && state.get('at') !== 'overview') goToPlace();
document.documentElement.dataset.ready = 'yes';

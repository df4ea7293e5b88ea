// Ground floor: data, words, numbers, elements. Text reaches the page as text nodes only.
const D = JSON.parse(document.getElementById('data').textContent);
const U = D.units;
const TOTAL = U.text.length;
let lang = D.languages[0];
const zh = () => lang === 'zh';

/** The words for a key, its places {0}, {1} filled; a key without words shows itself. */
function t(key, ...values) {
  const entry = D.words[key];
  let text = entry ? entry[lang] : key;
  values.forEach((value, i) => { text = text.split(`{${i}}`).join(String(value)); });
  return text;
}
/** Messages of the analyses come in English; those in the words are told in the page's language. */
const MESSAGES = Object.entries(D.words).filter(([key]) => key.startsWith('msg_')).map(([, entry]) => [
  new RegExp(`^${entry.en.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\d\}/g, '(.+?)')}$`), entry]);
function told(text) {
  if (!zh()) return text;
  for (const [pattern, entry] of MESSAGES) {
    const match = pattern.exec(text);
    if (match) return entry.zh.replace(/\{(\d)\}/g, (_, i) => match[+i + 1]);
  }
  return text;
}
const known = (key, fallback) => (D.words[key] ? t(key) : fallback);

/** An element. Attributes: class, href (only # and http(s)), on* handlers, others as they are; children: nodes or text. */
function h(tag, attrs, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attrs || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'href') { if (/^(#|https?:\/\/)/i.test(value) || LOCAL.test(value)) element.setAttribute('href', value); }
    else element.setAttribute(name, value === true ? '' : value);
  }
  add(element, children);
  return element;
}
/** Files that this report itself wrote beside the page. */
const LOCAL = /^(figures|tables)\/[\w.-]+$|^(tables\.xlsx|summary\.(en|zh)\.(md|docx))$/;
function add(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}
const span = (cls, ...children) => h('span', { class: cls }, ...children);

// --- numbers, dates, names -----------------------------------------------------
const signed = (x, digits) => { const text = Math.abs(x).toFixed(digits); return +text ? `${x < 0 ? '−' : '+'}${text}` : text; };
const count = (n) => new Intl.NumberFormat(zh() ? 'zh-CN' : 'en').format(n);
const fixed = (x, digits) => (x === null || x === undefined ? '–' : x.toFixed(digits));
const pValue = (p) => (p === null || p === undefined ? '–' : p < 0.001 ? '< 0.001' : p.toFixed(3));
const pct = (x) => (x === null || x === undefined ? '–' : `${(100 * x).toFixed(1)}%`);
/** A share with its interval, the interval smaller. */
const shareOf = (iv) => [pct(iv[0]), ' ', span('iv', `${fixed(100 * iv[1], 1)}–${fixed(100 * iv[2], 1)}`)];
const valueOf = (iv, digits = 2) => [fixed(iv[0], digits), ' ', span('iv', `${fixed(iv[1], digits)}–${fixed(iv[2], digits)}`)];
function day(iso) {
  const match = /^(\d{4})-(\d\d)(-\d\d)?$/.exec(iso || '');
  if (!match) return iso || '';
  const options = { year: 'numeric', month: zh() ? 'long' : 'short', day: match[3] ? 'numeric' : undefined, timeZone: 'UTC' };
  return new Intl.DateTimeFormat(zh() ? 'zh-CN' : 'en-GB', options).format(new Date(`${match[1]}-${match[2]}${match[3] || '-01'}T00:00:00Z`));
}
const sentences = (n) => (n === 1 ? t('one_sentence') : t('sentence_count', count(n)));

const codeById = new Map(D.codes.map((code) => [code.id, code]));
const domainById = new Map(D.domains.map((domain) => [domain.id, domain]));
const frameworkById = new Map(D.frameworks.map((framework) => [framework.id, framework]));
const docById = new Map(D.docs.map((doc, i) => [doc.id, i]));
const named = (entry, id) => (entry ? entry[lang] : id);
const codeName = (id) => named(codeById.get(id) || domainById.get(id), known(`dim_${id}`, id));
const frameworkName = (id) => named(frameworkById.get(id), id);
const roundEntry = (framework, id) => (frameworkById.get(framework) || { rounds: [] }).rounds.find((r) => r.id === id);
const roundName = (framework, id) => named(roundEntry(framework, id), id);
const roundOrder = (framework, id) => {
  const at = (frameworkById.get(framework) || { rounds: [] }).rounds.findIndex((r) => r.id === id);
  return at < 0 ? 999 : at;
};
const pick = (pair) => pair[zh() ? 1 : 0];
const codesOf = (dim) => D.codes.filter((code) => code.dim === dim);
const measureName = (measure) => known(`measure_${measure}`, measure.replace(/_/g, ' '));

// --- small parts ----------------------------------------------------------------
/** A number that opens the sentences behind it; 0 opens nothing. */
const num = (n, show, label) => (n
  ? h('a', { class: 'num', href: `#show=${encodeURIComponent(show)}`, 'aria-label': label ? `${label}: ${sentences(n)}` : null }, count(n))
  : span('zero', '0'));
const sideClass = (framework) => (framework === D.left ? 'left' : framework === D.right ? 'right' : 'third');
const mark = (framework) => span(`side ${sideClass(framework)}`, framework || '–');
const note = (key) => h('p', { class: 'empty' }, t(key));

/** A table in a frame that scrolls by itself, so that the page never does. Columns: [title, class]. */
function table(caption, columns, rows, cls = '') {
  const head = h('tr', {}, columns.map(([title, c]) => h('th', { scope: 'col', class: c || null }, title)));
  const body = rows.map((row) => (row.group
    ? h('tr', { class: 'group' }, h('th', { colspan: columns.length, scope: 'colgroup' }, row.group))
    : h('tr', {}, row.map((cell, i) => h(i ? 'td' : 'th', { class: columns[i][1] || null, scope: i ? null : 'row' }, cell)))));
  return h('div', { class: `scroll ${cls}`, tabindex: '0', role: 'region', 'aria-label': caption },
    h('table', {}, h('caption', {}, caption), h('thead', {}, head), h('tbody', {}, body)));
}
/** A labelled choice. Options: [value, name]. */
function choice(label, value, options, onchange) {
  const select = h('select', { onchange: (event) => onchange(event.target.value) },
    options.map(([id, name]) => h('option', { value: id, selected: id === value }, name)));
  return h('label', { class: 'field' }, span('label', label), select);
}
/** A list that shows some and offers more. */
function limited(items, size, make, cls) {
  const list = h('div', { class: cls || 'list' });
  let shown = 0;
  const button = h('button', { type: 'button', class: 'more', onclick: () => grow() });
  function grow() {
    const next = items.slice(shown, shown + size);
    const first = next.map((item, i) => make(item, shown + i));
    list.append(...first);
    if (shown && first[0]) { first[0].tabIndex = -1; first[0].focus(); }
    shown += next.length;
    button.textContent = t('more', count(Math.min(size, items.length - shown)));
    button.hidden = shown >= items.length;
  }
  grow();
  return [list, button];
}

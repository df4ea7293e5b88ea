// Documents with their provenance, what is missing, what was refused; how to read the report.
function documents() {
  if (!D.docs.length) return [note('empty_documents'), gaps()];
  const rows = D.docs.map((doc) => [
    [h('bdi', {}, doc.title), h('span', { class: 'iv block' }, h('bdi', {}, doc.id)), doc.edition ? h('span', { class: 'iv block' }, t('docs_edition', doc.edition)) : null,
      doc.unsure.length ? h('span', { class: 'iv block' }, t('docs_unsure', doc.unsure.map((field) => known(field === 'language' ? 'language_of' : field === 'title' ? 'title_of' : field, field).toLowerCase()).join(t('list_separator')))) : null,
      doc.warn.length ? h('span', { class: 'warn block' }, doc.warn.map((w) => known(`reason_${w}`, w.replace(/_/g, ' '))).join(t('list_separator'))) : null],
    [mark(doc.fw), ' ', roundName(doc.fw, doc.round)], known(`kind_${doc.kind}`, doc.kind), span('nowrap', day(doc.date)), known(`name_${doc.lang}`, doc.lang),
    span(`badge ${doc.basis}`, known(`basis_${doc.basis}`, doc.basis)), doc.units ? num(doc.units, `doc:${doc.id}`, doc.id) : span('iv', t('not_counted')),
    [h('code', { title: doc.sha }, doc.sha.slice(0, 12)), ' ', doc.url ? h('a', { href: doc.url, target: '_blank', rel: 'noopener noreferrer' }, t('docs_link'), ' ↗') : span('iv', h('bdi', {}, doc.source))]]);
  return [h('p', { class: 'lead' }, t('docs_lead')),
    table(t('nav_documents'), [[t('docs_title'), 'name'], [t('round')], [t('kind')], [t('date')], [t('language_of')], [t('basis')], [t('sentences'), 'n'], [t('docs_source')]], rows, 'documents untitled'), gaps()];
}
function gaps() {
  return [D.missing.length ? [h('h3', {}, t('docs_missing')), h('ul', { class: 'columns' }, D.missing.map((gap) => h('li', {}, tellMissing(gap))))] : null,
    D.quarantine.length ? table(t('docs_quarantine'), [[t('docs_source'), 'name'], [t('docs_reason')], [t('docs_remedy')]],
      D.quarantine.map(([source, reason, message]) => [h('bdi', {}, source),
        [known(`reason_${reason}`, reason.replace(/_/g, ' ')), message && !zh() ? h('span', { class: 'iv block' }, message) : null], known(`remedy_${reason}`, '')])) : null];
}
/** The codebook defines in English; its first codes are also told in Chinese, unless their definition was changed. */
function defOf(code) {
  const entry = D.words[`def_${code.id}`];
  return entry && entry.en === code.def ? entry[lang] : h('span', { lang: 'en' }, code.def);
}
function method() {
  const parts = ['numbers', 'codes', 'digests', 'files'].map((key) => h('div', {}, h('h3', {}, t(`method_${key}`)), h('p', {}, t(`method_${key}_text`)),
    key === 'files' ? h('p', {}, ['tables.xlsx', ...D.languages.flatMap((id) => [`summary.${id}.md`, `summary.${id}.docx`])].map((name, i) => [i ? ' · ' : '', h('a', { href: name }, name)])) : null));
  return [h('div', { class: 'prose' }, parts, D.notes.length ? h('div', {}, h('h3', {}, t('method_limits')), h('ul', {}, D.notes.map((line) => h('li', {}, told(line))))) : null),
    h('details', {}, h('summary', {}, t('method_codebook')), lazily(() => table(t('method_codebook'), [[t('issue'), 'name'], [t('domain')], ['', 'why']],
      D.codes.map((code) => [[code[lang], h('span', { class: 'iv block' }, h('code', {}, code.id))], code.dim === 'issue' ? codeName(code.domain) : t(code.dim), defOf(code)]))))];
}

// Claims of the paper, and the quality of the coding.
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
      [h('span', { dir: 'auto' }, pick(claim.text)), h('span', { class: 'iv block' }, `${claim.id} · ${claim.where}`)],
      span(`badge verdict-${claim.verdict.replace(' ', '-')}`, `${glyph[claim.verdict] || ''} `, t(key(claim.verdict))),
      [claim.reason, claim.missing.length ? h('span', { class: 'iv block' }, `${t('claim_missing')}: `, claim.missing.map((id, i) => [i ? ', ' : '', link(id)])) : null],
      num(claim.ev.length, `claim:${claim.id}`, claim.id)]), 'claims untitled')];
}
function quality() {
  const card = Object.entries(D.model);
  if (!D.quality.length && !card.length) return note('empty_quality');
  const dim = (id) => known(`dim_${id}`, id);
  const row = ([tagger, dimension, metric, slice, iv, support]) => [dim(dimension), tagger, metric.replace(/_/g, ' '), valueOf(iv), count(support), slice];
  const columns = [[t('dimension'), 'name'], [t('quality_tagger')], [t('quality_measure')], [t('quality_value'), 'n'], [t('quality_support'), 'n']];
  const overall = D.quality.filter((one) => one[3] === 'all');
  const rest = D.quality.filter((one) => one[3] !== 'all');
  return [h('p', { class: 'lead' }, t('quality_lead')),
    overall.length ? table(t('quality_overall'), columns, overall.map((one) => row(one).slice(0, 5))) : null,
    rest.length ? h('details', {}, h('summary', {}, `${t('quality_slices')} (${count(rest.length)})`), lazily(() => table(t('quality_slices'), [[t('quality_slice'), 'name'], ...columns],
      rest.map((one) => [codeName(one[3]), ...row(one).slice(0, 5)])))) : null,
    D.figures.some((one) => one.name === 'reliability') ? figure('reliability') : null,
    card.length ? [h('h3', {}, t('quality_model')), h('dl', { class: 'lists card-facts' }, card.map(([key, value]) => h('div', {}, h('dt', {}, key.replace(/_/g, ' ')), h('dd', {}, typeof value === 'number' ? count(value) : String(value)))))] : null];
}

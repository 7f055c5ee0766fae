const marks = { passed: '✓', skipped: '–', failed: '✗' };

/**
 * The page as Markdown. A section is a kit: `{ title, text, cases, columns }`, where each column is an implementation's
 * `{ name, results }`, results in the order of the cases.
 */
export function conformancePage(sections) {
  return [
    '# Conformance',
    '',
    'Which implementation passes which case of the kits in `@orlop/conformance`. Written by `tools/conformance/report.mjs`, which',
    'runs every case on every implementation; do not edit. ✓ passed, ✗ failed, – left out because the implementation declares that it',
    'lacks what the case is about.',
    '',
    ...sections.flatMap(section),
  ].join('\n');
}

function section({ title, text, cases, columns }) {
  return [
    `## ${title}`,
    '',
    text,
    '',
    ...table(['', 'passed', 'left out', 'failed'], columns.map(summary)),
    ...reasons(columns),
    ...groups(cases).flatMap(([group, members]) => [`### ${group}`, '', ...cells(cases, members, columns)]),
  ];
}

function summary({ name, results }) {
  const count = (outcome) => String(results.filter((result) => result.outcome === outcome).length);
  return [name, count('passed'), count('skipped'), count('failed')];
}

/** Why cases are left out, once for each reason. */
function reasons(columns) {
  const lines = columns.flatMap(({ name, results }) => {
    const why = new Set(results.flatMap(({ reason }) => reason ?? []));
    return [...why].map((reason) => `- ${name}: ${reason}`);
  });
  return lines.length === 0 ? [] : ['Left out:', '', ...lines, ''];
}

const groupOf = ({ id }) => id.split('/')[0];

function groups(cases) {
  const names = [...new Set(cases.map(groupOf))];
  return names.map((group) => [group, cases.filter((one) => groupOf(one) === group)]);
}

function cells(cases, members, columns) {
  const rows = members.map((one) => [
    `\`${one.id}\``,
    one.title,
    one.contract.join(' '),
    ...columns.map(({ results }) => marks[results[cases.indexOf(one)].outcome]),
  ]);
  return table(['case', 'is true of a right implementation', 'rules', ...columns.map(({ name }) => name)], rows);
}

function table(head, rows) {
  const line = (row) => `| ${row.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line), ''];
}

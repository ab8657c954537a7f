/** Which scenarios and targets there are. */
export function listText({ scenarios, targets }) {
  return [
    'Scenarios (* are in --quick):',
    ...scenarios.map(
      ({ number, name, fault, isQuick }) =>
        `${isQuick ? '*' : ' '} ${String(number).padStart(2)} ${name}: ${fault}`,
    ),
    'Targets:',
    ...targets.map(({ name, title }) => `  ${name}: ${title}`),
  ].join('\n');
}

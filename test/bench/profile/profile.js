import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { failure } from '../../../scripts/failure.js';
import { projectRoot } from '../../../scripts/project-root.js';
import { stopSignal } from '../../../scripts/start/stop-signal.js';
import { runInFolder } from '../run-in-folder.js';
import { WORKLOADS } from '../workloads/index.js';
import { readCommandLine } from './command-line.js';
import { compareFigures } from './compare.js';
import { figuresOf } from './cpu-profile/figures.js';
import { withSourcePositions } from './cpu-profile/source-positions.js';
import { recordProfile } from './record/record-profile.js';
import { flameGraphPage } from './report/page.js';
import { differencesText, figuresText, workloadsText } from './report/text.js';
import { makeFolder, readProfile, saveProfile } from './saved-profile.js';

const PROJECT_URL = pathToFileURL(projectRoot).href;

const wanted = readCommandLine(process.argv.slice(2), { workloads: WORKLOADS });
if (typeof wanted === 'number') process.exitCode = wanted;
else if (wanted.list) console.log(workloadsText(WORKLOADS));
else process.exitCode = await main(stopSignal());

function main(signal) {
  return runInFolder('evernest-profile-', signal, (folder) =>
    profileService({ folder, signal, tell: (text) => console.error(text) }),
  );
}

async function profileService(options) {
  if (process.platform !== 'linux') {
    throw failure('Profiles need Linux: the processor time of a request is read from /proc.');
  }
  const { workload, seconds, intervalUs, compare, top } = wanted;
  const earlier = compare && earlierFigures(compare, workload);
  const startedAt = new Date().toISOString();
  const folder = wanted.out ?? join(projectRoot, 'var/profile', `${stampOf(startedAt)}-${workload.name}`);
  const removeFolder = makeFolder(folder);
  try {
    const recorded = await recordProfile({ workload, seconds, intervalUs, ...options });
    const profile = withSourcePositions(recorded.profile);
    const run = { ...recorded.run, startedAt, node: process.versions.node };
    const figures = figuresOf({ ...profile, run }, PROJECT_URL);
    const files = [`${workload.name}.cpuprofile`, `${workload.name}.html`].map((name) => join(folder, name));
    saveProfile(files[0], { profile, run });
    writeFileSync(files[1], flameGraphPage({ workload, figures, top }));
    publish(figures, earlier && compareFigures(earlier, figures));
    options.tell(`\n${files.map((file) => relative(process.cwd(), file)).join('\n')}`);
  } finally {
    removeFolder();
  }
}

/** Read before anything is started, so that a wrong file costs no time. */
function earlierFigures(file, workload) {
  const figures = figuresOf(readProfile(file), PROJECT_URL);
  if (figures.run.workload === workload.name) return figures;
  throw failure(
    `${file} is a profile of ${figures.run.workload}, which cannot be compared with ${workload.name}.`,
  );
}

/** As the name of a file. */
function stampOf(time) {
  return time.slice(0, 19).replaceAll(':', '-');
}

function publish(figures, differences) {
  const { json, top } = wanted;
  const text = `${JSON.stringify({ ...figures, busy: undefined, differences }, null, 1)}\n`;
  if (json === '-') process.stdout.write(text);
  else {
    console.log(figuresText({ workload: wanted.workload, figures, top }));
    if (differences) console.log(`\n${differencesText(differences, top)}`);
  }
  if (json !== undefined && json !== '-') writeFileSync(json, text);
}

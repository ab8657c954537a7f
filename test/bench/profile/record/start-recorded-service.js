import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { failure } from '../../../../scripts/failure.js';
import { launchEvernest } from '../../targets/evernest/target.js';
import { startTarget } from '../../targets/start-target.js';

const RECORDER = pathToFileURL(fileURLToPath(new URL('recorder.js', import.meta.url))).href;

/** Starts the built service as it is, with the recorder preloaded. What the recorder is asked rejects with a Failure. */
export async function startRecordedService({ folder, databaseFile, signal }) {
  const socket = join(folder, 'recorder.sock');
  const profile = join(folder, 'raw.cpuprofile');
  const nodeArgs = ['--import', RECORDER];
  const variables = { PROFILE_SOCKET: socket, PROFILE_FILE: profile };
  const target = {
    name: 'the service',
    launch: (options) => launchEvernest(options, { nodeArgs, variables }),
  };
  const ownFolder = join(folder, 'service');
  const service = await startTarget({ target, folder: ownFolder, databaseFile, apart: true, signal });

  async function ask(question) {
    const complaint = await answerTo(question, socket);
    if (complaint === 'done') return;
    // If the service has ended, this tells why.
    service.pids();
    throw failure(`The profiler does not ${question.action}: ${complaint}`);
  }
  return {
    ...service,
    startProfile: (intervalUs) => ask({ action: 'start', intervalUs }),
    /** Resolves to the profile as V8 has it. */
    async stopProfile() {
      await ask({ action: 'stop' });
      return JSON.parse(readFileSync(profile, 'utf8'));
    },
  };
}

function answerTo(question, path) {
  const socket = connect({ path });
  socket.write(`${JSON.stringify(question)}\n`);
  return text(socket).catch(({ message }) => message);
}

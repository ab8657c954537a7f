import { prepareWorkload, sampleAnswers } from './sample-answers.js';
import { sendRequests } from './send-requests.js';

/** The process that makes the load. It does what its parent asks for, one thing after another. */
const ACTIONS = { prepare: prepareWorkload, sample: sampleAnswers, send: sendRequests };

process.on('message', (asked) => void act(asked));
// A terminal sends Ctrl-C to this process too; the parent stops it when it is done with the servers.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit());

async function act({ action, input }) {
  try {
    process.send({ result: await ACTIONS[action](input) });
  } catch (error) {
    process.send({ error: error.message });
  }
}

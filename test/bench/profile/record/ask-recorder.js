import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { failure } from '../../../../scripts/failure.js';

/** Lets the recorder in the service start or stop. @throws Failure with its complaint */
export async function askRecorder(path, question) {
  const socket = connect({ path });
  socket.write(`${JSON.stringify(question)}\n`);
  const answer = await text(socket).catch(({ message }) => message);
  if (answer === 'done') return;
  throw failure(`The profiler does not ${question.action}: ${answer || 'the service has ended.'}`);
}

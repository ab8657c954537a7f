import { failure } from '../../scripts/failure.js';
import { differenceBetween } from './compare-answers.js';

/** Asks all targets the same before anything is measured. @throws Failure at the first answer that differs. */
export async function checkAnswers({ pairs, generator, input }) {
  const first = new Map();
  for (const { workload, target } of pairs) {
    const where = { ...input, origin: target.origin, workload: workload.name };
    await generator.prepare(where);
    const answers = await generator.sample(where).catch((error) => {
      throw failure(`${target.name}, ${workload.name}: ${error.message}`, error);
    });
    const one = first.get(workload) ?? { name: target.name, answers };
    first.set(workload, one);
    const difference = differenceBetween(one, { name: target.name, answers });
    if (difference) throw failure(`${workload.name}: not all targets answer alike. ${difference}`);
  }
}

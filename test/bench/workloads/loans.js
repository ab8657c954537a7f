import { drawBookPaths } from './books.js';

const COPIES_A_CONNECTION = 20;
const READS_BEFORE_A_WRITE = 9;

export const loanAndReturn = {
  name: 'loan-and-return',
  title: 'POST a loan of a copy, then its return; no two connections have the same copies',
  requests: (context) => copiesOf(context).flatMap((id) => [loan(id, context), takeBack(id, context)]),
  // A copy that stays lent would be refused to the next round.
  multipleOf: 2,
};

export const mixed = {
  name: 'mixed',
  title: 'Nine books by id, then a loan or a return',
  requests: (context) => {
    const writes = copiesOf(context).flatMap((id) => [loan(id, context), takeBack(id, context)]);
    const reads = drawBookPaths(context, writes.length * READS_BEFORE_A_WRITE).map((path) => ({ path }));
    return writes.flatMap((write) => reads.splice(0, READS_BEFORE_A_WRITE).concat(write));
  },
  multipleOf: 2 * (READS_BEFORE_A_WRITE + 1),
};

function copiesOf({ catalogue, connection, connections }) {
  return Array.from(
    { length: COPIES_A_CONNECTION },
    (_, index) => catalogue.copyIds[index * connections + connection],
  );
}

function loan(id, { writeToken }) {
  return {
    method: 'POST',
    path: `/copies/${id}/loan`,
    headers: { authorization: `Bearer ${writeToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ borrower: 'Ishmael', dueBack: '2027-01-31' }),
  };
}

function takeBack(id, { writeToken }) {
  return { method: 'POST', path: `/copies/${id}/return`, headers: { authorization: `Bearer ${writeToken}` } };
}

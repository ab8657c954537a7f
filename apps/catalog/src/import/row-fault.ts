/** The column of a fault that concerns the row as a whole. */
export const WHOLE_ROW = 'row';

/** Why a row is not taken. `message` continues a sentence that starts with the column. */
export class RowFault extends Error {
  override readonly name = 'RowFault';

  constructor(
    readonly column: string,
    reason: string,
  ) {
    super(reason);
  }
}

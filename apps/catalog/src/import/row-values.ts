/** The text of a row in the column of this name, `''` when the file lacks the column. */
export type RowValues = (column: string) => string;

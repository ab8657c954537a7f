/** Where collected lines go. */
export interface LineSink {
  /**
   * @param line with its newline
   * @param weight `droppable` lines are refused first when too much waits
   * @returns whether it was taken
   */
  write(line: string, weight: 'droppable' | 'important'): boolean;
}

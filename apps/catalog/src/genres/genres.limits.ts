export const LONGEST_GENRE = 200;

export const LONGEST_NAME = 300;
export const LONGEST_LIFESPAN = 100;
export const EARLIEST_YEAR = -5000;
export const LATEST_YEAR = 9999;

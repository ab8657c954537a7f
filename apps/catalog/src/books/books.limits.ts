export const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/;
export const LONGEST_TITLE = 1000;
export const LONGEST_SUMMARY = 10_000;

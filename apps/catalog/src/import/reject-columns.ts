/** What a file of rejected rows tells in addition; ignored when that file is mended and imported. */
export const REJECT_COLUMNS = ['rejectedLine', 'rejectedColumn', 'rejectedReason'];

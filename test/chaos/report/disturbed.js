import { isAsWanted } from './verdict.js';

/** Seen where requests were lost to a host that stood still: 11, 32 and 33. Where nobody else is, it is 0 or 1. */
const DISTURBED_PERCENT = 10;

/** Whether what is not as wanted says nothing of the service, as other machines on the host had its processors. */
export function isDisturbed(result) {
  return !isAsWanted(result) && result.stolenPercent >= DISTURBED_PERCENT;
}

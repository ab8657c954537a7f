/**
 * The service has to hold, and to fail without the part that is tried; what others do is only told. What a machine cannot do says
 * nothing.
 */
export function isAsWanted({ target, without, held, error, isLeftOut }) {
  if (isLeftOut) return true;
  if (error) return false;
  if (target !== 'evernest') return true;
  return without ? !held : held;
}

/** Whether something took longer than was asked, because the machine needs longer for a start. */
export function isLate({ held, checks }) {
  return held && checks.some((check) => check.isLate);
}

/** On what it was tried. */
export function triedOn({ target, without }) {
  return without ? `${target} without ${without}` : target;
}

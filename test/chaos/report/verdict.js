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

/** On what it was tried. */
export function triedOn({ target, without }) {
  return without ? `${target} without ${without}` : target;
}

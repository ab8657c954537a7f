import { register } from 'node:module';

/** For `all`: code that cannot start, because one of its own modules throws. */
export default function throwAtStart() {
  register(new URL('../throwing-module.js', import.meta.url));
}

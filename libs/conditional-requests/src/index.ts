export { entityTagOf } from './entity-tag-of.js';
export { ifMatchSatisfied } from './if-match.js';
export { ifNoneMatchHas } from './if-none-match.js';
export { registerEntityTags } from './register-entity-tags.js';

export { EnvironmentError } from './environment-error.js';
export { bearerToken, commaSeparated, integerIn, oneOf, origins, webAddress } from './parsers.js';
export { VariableReader, type Variables, type VariablesOptions } from './variables.js';

import { Server } from 'node:http';

/** For `all`: code that starts and never serves. */
export default function neverListen() {
  Server.prototype.listen = function () {
    return this;
  };
}

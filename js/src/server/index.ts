/** For backends: publish, and make tokens for clients. */
export { Channels, type QueryChannel } from '../channels.js';
export {
  RealtimeError,
  type RealtimeErrorCode,
  type RealtimeErrorDetails,
  type ServerReply,
} from '../errors.js';
export { isQueryInvalidation, type MessageOf, type QueryInvalidation } from '../messages.js';
export {
  Realtime,
  realtime,
  type Published,
  type PublishOptions,
  type RealtimeConfig,
} from './realtime.js';
export { createToken, type TokenOptions } from './token.js';

/** For browsers, and for all runtimes that have a WebSocket of their own. */
export { UnauthorizedError } from 'centrifuge';
export { Channels, type QueryChannel } from '../channels.js';
export {
  RealtimeError,
  type RealtimeErrorCode,
  type RealtimeErrorDetails,
  type ServerReply,
} from '../errors.js';
export { isQueryInvalidation, type MessageOf, type QueryInvalidation } from '../messages.js';
export type { Handler, Publication, SubscribeOptions } from './listeners.js';
export { RealtimeManager, type RealtimeOptions, type Unsubscribe } from './manager.js';

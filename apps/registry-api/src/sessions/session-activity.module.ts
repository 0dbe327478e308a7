import { Module } from '@nestjs/common';
import { SessionStore } from './session.store.js';
import { SessionActivity } from './session-activity.js';

/** Apart from the routes, since the guard of all routes needs it. */
@Module({ providers: [SessionStore, SessionActivity], exports: [SessionActivity] })
export class SessionActivityModule {}

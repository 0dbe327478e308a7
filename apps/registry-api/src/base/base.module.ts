import { Module } from '@nestjs/common';
import { BaseController } from './base.controller.js';

/** Imported after every other module of `/v2`: its catch-all answers what they do not. */
@Module({ controllers: [BaseController] })
export class BaseModule {}

import { Module } from '@nestjs/common';
import { WelcomeController } from './welcome.controller.js';

@Module({ controllers: [WelcomeController] })
export class WelcomeModule {}

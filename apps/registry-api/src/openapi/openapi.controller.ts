import { Controller, Get, Header, Inject, Injectable } from '@nestjs/common';
import { ApiExcludeController, type OpenAPIObject } from '@nestjs/swagger';
import { Allow } from '../access/permission.js';

/** Filled once the application is assembled, since the document is made of all of it. */
@Injectable()
export class OpenApiSource {
  make?: () => OpenAPIObject;
  private document?: OpenAPIObject;

  get(): OpenAPIObject | undefined {
    this.document ??= this.make?.();
    return this.document;
  }
}

@ApiExcludeController()
@Controller('api/v1/openapi.json')
export class OpenApiController {
  constructor(@Inject(OpenApiSource) private readonly source: OpenApiSource) {}

  @Get()
  @Allow('unguarded', 'api')
  @Header('Cache-Control', 'no-cache')
  getDocument(): OpenAPIObject | undefined {
    return this.source.get();
  }
}

import type { RepositoryName } from '@berth/oci';
import { Injectable, type PipeTransform } from '@nestjs/common';
import { parseName } from './registry-parameters.js';

/** The `:name` of an `/api/v1` route: one URL-encoded segment, `team%2Fapp`. Throws `NameInvalid`. */
@Injectable()
export class RepositoryNamePipe implements PipeTransform<string, RepositoryName> {
  transform(text: string): RepositoryName {
    return parseName(text);
  }
}

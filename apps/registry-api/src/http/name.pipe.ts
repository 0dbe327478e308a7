import { isNamespaceName } from '@berth/oci';
import { Injectable, type PipeTransform } from '@nestjs/common';
import { NotFound } from '../errors/domain-errors.js';

/**
 * A namespace, user name, team or robot in the path of an `/api/v1` route: all are one lowercase component.
 * Throws `NotFound` for what can be none.
 */
@Injectable()
export class NamePipe implements PipeTransform<string, string> {
  transform(text: string): string {
    if (!isNamespaceName(text)) throw new NotFound();
    return text;
  }
}

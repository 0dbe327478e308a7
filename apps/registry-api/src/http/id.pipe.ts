import { Injectable, type PipeTransform } from '@nestjs/common';
import { NotFound, RequestInvalid } from '../errors/domain-errors.js';

const ID = /^[1-9][0-9]{0,17}$/;

/** The `:id` of an `/api/v1` route. Throws `NotFound` for what can be no id. */
@Injectable()
export class IdPipe implements PipeTransform<string, string> {
  transform(text: string): string {
    if (!ID.test(text)) throw new NotFound();
    return text;
  }
}

/** The id in the cursor of a list that is ordered by ids. Throws `RequestInvalid`. */
export function idOfCursor(key: string | undefined): string | undefined {
  if (key !== undefined && !ID.test(key)) {
    throw new RequestInvalid('"cursor" is not one that a page of this list answered.');
  }
  return key;
}

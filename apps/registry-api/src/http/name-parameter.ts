import { ApiParam } from '@nestjs/swagger';

/** Describes the `:name` of an `/api/v1` route. */
export function RepositoryNameParameter(): MethodDecorator {
  return ApiParam({
    name: 'name',
    type: String,
    description: 'The full name, URL-encoded: `team%2Fapp`.',
  });
}

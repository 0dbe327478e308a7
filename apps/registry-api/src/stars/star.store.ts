import { Injectable } from '@nestjs/common';
import type { SqlClient } from '../database/database.js';

@Injectable()
export class StarStore {
  async add(client: SqlClient, repositoryId: string, userId: string): Promise<void> {
    await client.query(
      'INSERT INTO stars (repository_id, user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING',
      [repositoryId, userId],
      'star-add',
    );
  }

  async remove(client: SqlClient, repositoryId: string, userId: string): Promise<void> {
    await client.query(
      'DELETE FROM stars WHERE repository_id = $1 AND user_id = $2',
      [repositoryId, userId],
      'star-remove',
    );
  }
}

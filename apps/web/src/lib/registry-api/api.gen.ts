/* Made from apps/registry-api/openapi.json by npm run generate. */

export interface paths {
    "/api/v1/admin/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listAuditEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/jobs/{job}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/jobs/{job}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listJobRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/jobs/{job}/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["runJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/jobs/{job}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["cancelJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/repositories/{name}/manifests/{digest}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getManifestDetail"];
        put?: never;
        post?: never;
        delete: operations["deleteShownManifest"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/repositories/{name}/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["compareManifests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/repositories/{name}/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listTags"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/repositories/{name}/tags/{tag}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getTag"];
        put?: never;
        post?: never;
        delete: operations["deleteTag"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/repositories/{name}/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listTagMoves"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/repositories/{name}/activity/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["restoreTag"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["searchRepositories"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search/suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["suggest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/repositories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listRepositories"];
        put?: never;
        post: operations["createRepository"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/repositories/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getRepository"];
        put?: never;
        post?: never;
        delete: operations["deleteRepository"];
        options?: never;
        head?: never;
        patch: operations["changeRepository"];
        trace?: never;
    };
    "/api/v1/repositories/{name}/star": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["starRepository"];
        post?: never;
        delete: operations["unstarRepository"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/namespaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listNamespaces"];
        put?: never;
        post: operations["createNamespace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/namespaces/{namespace}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getNamespace"];
        put?: never;
        post?: never;
        delete: operations["deleteNamespace"];
        options?: never;
        head?: never;
        patch: operations["changeNamespace"];
        trace?: never;
    };
    "/api/v1/namespaces/{namespace}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/namespaces/{namespace}/members/{username}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["setMember"];
        post?: never;
        delete: operations["removeMember"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/namespaces/{namespace}/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listTeams"];
        put?: never;
        post: operations["createTeam"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/namespaces/{namespace}/teams/{team}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getTeam"];
        put?: never;
        post?: never;
        delete: operations["deleteTeam"];
        options?: never;
        head?: never;
        patch: operations["changeTeam"];
        trace?: never;
    };
    "/api/v1/namespaces/{namespace}/teams/{team}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listTeamMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/namespaces/{namespace}/teams/{team}/members/{username}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["addTeamMember"];
        post?: never;
        delete: operations["removeTeamMember"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trash": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listTrash"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trash/repositories/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["restoreRepository"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trash/repositories/{id}/purge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["purgeRepository"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trash/namespaces/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["restoreNamespace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trash/namespaces/{id}/purge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["purgeNamespace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/repositories/{name}/trash": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listTrashedManifests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/repositories/{name}/trash/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["restoreManifest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/repositories/{name}/trash/{id}/purge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["purgeManifest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/repositories/{name}/lifecycle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getRepositoryLifecycle"];
        put: operations["setRepositoryLifecycle"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/repositories/{name}/lifecycle/coverage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getLifecycleCoverage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/namespaces/{namespace}/lifecycle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getNamespaceLifecycle"];
        put: operations["setNamespaceLifecycle"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/repositories/{name}/retention/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["previewRetention"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/repositories/{name}/retention/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["runRetention"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/repositories/{name}/retention/runs/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["restoreRetentionRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/repositories/{name}/retention/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listRetentionRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listAccessTokens"];
        put?: never;
        post: operations["createAccessToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access-tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getAccessToken"];
        put?: never;
        post?: never;
        delete: operations["revokeAccessToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access-tokens/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["rotateAccessToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/access-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listAllAccessTokens"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/access-tokens/revocations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["revokeAccessTokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/access-tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["revokeAnyAccessToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/namespaces/{namespace}/robots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listRobots"];
        put?: never;
        post: operations["createRobot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/namespaces/{namespace}/robots/{robot}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getRobot"];
        put?: never;
        post?: never;
        delete: operations["deleteRobot"];
        options?: never;
        head?: never;
        patch: operations["changeRobot"];
        trace?: never;
    };
    "/api/v1/namespaces/{namespace}/robots/{robot}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["rotateRobot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/robots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listAllRobots"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/robots/revocations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["deleteRobots"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/robots/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["deleteAnyRobot"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/repositories/{name}/grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listGrants"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/repositories/{name}/grants/{username}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["grantToUser"];
        post?: never;
        delete: operations["removeGrantOfUser"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/repositories/{name}/grants/teams/{team}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["grantToTeam"];
        post?: never;
        delete: operations["removeGrantOfTeam"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/repositories/{name}/grants/robots/{robot}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["grantToRobot"];
        post?: never;
        delete: operations["removeGrantOfRobot"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listSessions"];
        put?: never;
        post: operations["createSession"];
        delete: operations["deleteOtherSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["deleteCurrentSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["deleteSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["createUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["changeMe"];
        trace?: never;
    };
    "/api/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["changePassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/password-resets/{secret}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getPasswordReset"];
        put?: never;
        post: operations["setPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listUsers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/users/{username}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getUser"];
        put?: never;
        post?: never;
        delete: operations["deleteUser"];
        options?: never;
        head?: never;
        patch: operations["changeUser"];
        trace?: never;
    };
    "/api/v1/admin/users/{username}/password-resets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["createPasswordReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/oidc/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listProviders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/oidc/{provider}/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["beginLogin"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/oidc/{provider}/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["finishLogin"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/identities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listIdentities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/identities/{provider}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["createIdentity"];
        delete: operations["deleteIdentity"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/namespaces/{namespace}/teams/{team}/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listTeamGroups"];
        put: operations["addTeamGroup"];
        post?: never;
        delete: operations["removeTeamGroup"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["streamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/gc": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getCollection"];
        put?: never;
        post: operations["collect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/blobs/{digest}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["explainBlob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/storage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getStorage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/namespaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listNamespaceUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/quotas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listQuotas"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/quotas/instance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["setInstanceQuota"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/quotas/namespaces/{namespace}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["setNamespaceQuota"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/namespaces/{namespace}/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/repositories/{name}/pulls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getPulls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AuditPage: {
            items: components["schemas"]["AuditEntry"][];
            nextCursor?: string;
        };
        AuditEntry: {
            id: string;
            /** Format: date-time */
            at: string;
            actor: string;
            credential: string;
            address: string | null;
            action: string;
            object: string;
            /** @enum {string} */
            result: "done" | "refused";
            details: {
                [key: string]: unknown;
            };
        };
        JobList: {
            items: components["schemas"]["Job"][];
        };
        Job: {
            name: string;
            title: string;
            /** @description Cron expression, UTC; null: only when asked for. */
            schedule: string | null;
            /** Format: date-time */
            nextAt: string | null;
            /** @description Queued or under way. */
            current: components["schemas"]["JobRun"] | null;
            /** @description The last that ended. */
            last: components["schemas"]["JobRun"] | null;
        };
        JobRun: {
            /** Format: uuid */
            id: string;
            job: string;
            /**
             * @description queued: waits for a process, with an `error` to be tried again; interrupted: its process gives no sign of life, another one begins it again.
             * @enum {string}
             */
            state: "queued" | "running" | "interrupted" | "cancelling" | "done" | "failed" | "cancelled";
            /** @description Null: by its schedule. */
            requestedBy: string | null;
            /** @description What it was asked for. */
            input: {
                [key: string]: unknown;
            };
            progress: {
                done: number;
                /** @description Null while it is not known. */
                total: number | null;
                bytes: number;
                /** @description How long it may still take at the rate so far. */
                etaSeconds: number | null;
            };
            /** @description What it did, once it is done. */
            result: {
                [key: string]: unknown;
            } | null;
            error: string | null;
            /** Format: date-time */
            queuedAt: string;
            /** Format: date-time */
            startedAt: string | null;
            /** Format: date-time */
            finishedAt: string | null;
        };
        JobRunPage: {
            items: components["schemas"]["JobRun"][];
            nextCursor?: string;
        };
        ManifestDetail: {
            digest: string;
            mediaType: string;
            artifactType: string | null;
            /** @enum {string} */
            kind: "image" | "index" | "artifact";
            /** @enum {string} */
            artifactKind: "image" | "index" | "chart" | "wasm" | "signature" | "sbom" | "attestation" | "artifact";
            /** @description At most 100. */
            tags: string[];
            /** @description The rule that holds the tag asked for; by digest, one of its tags, so that it stays too. */
            immutableBy: components["schemas"]["ImmutableBy"] | null;
            /**
             * Format: date-time
             * @description When the tag asked for ends by itself.
             */
            expiresAt: string | null;
            /** @description As it is transferred. */
            sizeBytes: number;
            /** Format: date-time */
            pushedAt: string;
            pushedBy: string | null;
            annotations: {
                [key: string]: string;
            };
            /** @description The digest that it is attached to. */
            subject: string | null;
            /** @description Digests of indexes here that list it, at most 10. */
            indexes: string[];
            /** @description Of an index. */
            platforms: components["schemas"]["PlatformManifest"][];
            layers: components["schemas"]["Layer"][];
            /** @description Null for what is no image, and where it could not be read. */
            config: components["schemas"]["ImageConfig"] | null;
            /** @description The image here with the most layers that this one begins with. */
            base: {
                repository: string;
                tag: string | null;
                digest: string;
                layerCount: number;
            } | null;
            /** @description What is attached to it, at most 100. */
            referrers: components["schemas"]["Referrer"][];
            /** @description Tagged images that begin with all its layers, one a repository, at most 50. */
            usedBy: {
                repository: string;
                tag: string | null;
                digest: string;
            }[];
            /** @description The manifest as it was pushed. */
            raw: string;
        };
        ImmutableBy: {
            tag: string;
            pattern: string;
            /** @enum {string} */
            of: "repository" | "namespace";
        };
        PlatformManifest: {
            digest: string;
            platform: {
                os: string;
                architecture: string;
                variant?: string;
                /** @example linux/arm64/v8 */
                label: string;
            };
            /** @description As it is transferred. */
            sizeBytes: number;
        };
        Layer: {
            digest: string;
            /** @description As it is transferred. */
            sizeBytes: number;
            mediaType: string;
            /** @description The file that it is, in an artifact. */
            title: string | null;
            /** @description The command that made it, as the config tells. */
            createdBy: string | null;
            /** @enum {boolean} */
            isEmpty: false;
            /** @description Of the image that this one is based on. */
            isBase: boolean;
        };
        ImageConfig: {
            os: string | null;
            architecture: string | null;
            variant: string | null;
            created: string | null;
            author: string | null;
            entrypoint: string[];
            cmd: string[];
            env: string[];
            exposedPorts: string[];
            volumes: string[];
            user: string | null;
            workingDir: string | null;
            labels: {
                [key: string]: string;
            };
            stopSignal: string | null;
        };
        Referrer: {
            digest: string;
            artifactType: string | null;
            /** @enum {string} */
            kind: "signature" | "sbom" | "attestation" | "chart" | "wasm" | "other";
            /** @description As it is transferred. */
            sizeBytes: number;
            annotations: {
                [key: string]: string;
            };
            /** Format: date-time */
            pushedAt: string;
        };
        Comparison: {
            a: components["schemas"]["ComparedManifest"];
            b: components["schemas"]["ComparedManifest"];
            /** @description Those that can be compared, where one is an index. */
            platforms: string[];
            layers: {
                shared: components["schemas"]["Layer"][];
                onlyA: components["schemas"]["Layer"][];
                onlyB: components["schemas"]["Layer"][];
            };
            /** @description Layers and config of b that a client with a lacks. */
            bytesToPull: number;
            /** @description Only where both have a config. Commands are written as JSON lists. */
            config: components["schemas"]["Change"][];
            /** @description Only where both have a config. */
            env: components["schemas"]["Change"][];
            /** @description Only where both have a config. */
            labels: components["schemas"]["Change"][];
            annotations: components["schemas"]["Change"][];
        };
        ComparedManifest: {
            /** @description Null for what was asked for by its digest. */
            tag: string | null;
            digest: string;
            /** @enum {string} */
            kind: "image" | "index" | "artifact";
            /** @enum {string} */
            artifactKind: "image" | "index" | "chart" | "wasm" | "signature" | "sbom" | "attestation" | "artifact";
            /** @description Of the image that was compared. */
            platform: string | null;
            /** @description What was compared: of an index the image of the platform. */
            imageDigest: string;
            /** @description Of what was compared, as it is transferred. */
            sizeBytes: number;
            /** @description Whether it has a config that can be compared. */
            hasConfig: boolean;
            /** Format: date-time */
            pushedAt: string;
        };
        Change: {
            key: string;
            /** @description Null where it is not there. */
            a: string | null;
            b: string | null;
        };
        TagPage: {
            items: components["schemas"]["Tag"][];
            nextCursor?: string;
        };
        Tag: {
            /** @description Null for a manifest without a tag. */
            name: string | null;
            digest: string;
            mediaType: string;
            /** @enum {string} */
            kind: "image" | "index" | "artifact";
            /** @enum {string} */
            artifactKind: "image" | "index" | "chart" | "wasm" | "signature" | "sbom" | "attestation" | "artifact";
            artifactType: string | null;
            platforms: string[];
            /** @description As it is transferred, all platforms together. */
            sizeBytes: number;
            /** @description Other tags of the same digest, at most 20. */
            aliases: string[];
            /** Format: date-time */
            pushedAt: string;
            pushedBy: string | null;
            /** Format: date-time */
            lastPulledAt: string | null;
            pullCount: number;
            /** @description Whether an index here lists the digest. */
            isNeededByIndex: boolean;
            /** @description Whether rules hold it: it cannot be moved or deleted. */
            isImmutable: boolean;
            /** @description The rule that holds it. */
            immutableBy: components["schemas"]["ImmutableBy"] | null;
            /**
             * Format: date-time
             * @description When it ends by itself.
             */
            expiresAt: string | null;
            /** @description If asked for: bytes that nothing else in this repository uses, whoever else has them. Null in a repository of very many manifests. */
            uniqueBytes: number | null;
            /** @description Whether a signature is attached; nothing is verified. */
            isSigned: boolean;
        };
        TagAt: {
            tag: string;
            /** Format: date-time */
            at: string;
            digest: string;
            /**
             * Format: date-time
             * @description It pointed there from then on.
             */
            since: string;
            movedBy: string;
            /** @description Whether the manifest still is. */
            isThere: boolean;
        };
        DeletedTag: {
            undo: {
                /** @description To be restored in the activity. */
                historyId: string;
            };
            /** @description Tags that are still on the digest, at most 100. */
            staysOn: string[];
            /** @description The digest, if no tag is left on it. */
            untaggedDigest: string | null;
            /** @description Whether an index lists the digest. */
            isNeededByIndex: boolean;
        };
        TagMovePage: {
            items: components["schemas"]["TagMove"][];
            nextCursor?: string;
        };
        TagMove: {
            id: string;
            tag: string;
            /** @description The digest before; null when the tag was made. */
            from: string | null;
            /** @description The digest after; null when the tag was deleted. */
            to: string | null;
            /** Format: date-time */
            movedAt: string;
            movedBy: string;
            credential: string;
            /** @description Whether `from` (or `to`, without it) is still there, and not where the tag points. */
            isRestorable: boolean;
        };
        RestoredTag: {
            tag: string;
            digest: string;
        };
        SearchPage: {
            items: components["schemas"]["RepositorySummary"][];
            nextCursor?: string;
            /** @description Exact to 1000. */
            total: number | "1000+";
            facets: {
                /** @description The most frequent values among what matches the search and all filters. */
                platforms: {
                    value: string;
                    /** @description Exact to 1000. */
                    count: number | "1000+";
                }[];
                /** @description The most frequent values among what matches the search and all filters. */
                types: {
                    value: string;
                    /** @description Exact to 1000. */
                    count: number | "1000+";
                }[];
                /** @description The most frequent values among what matches the search and all filters. */
                visibilities: {
                    value: string;
                    /** @description Exact to 1000. */
                    count: number | "1000+";
                }[];
                /** @description The most frequent values among what matches the search and all filters. */
                namespaces: {
                    value: string;
                    /** @description Exact to 1000. */
                    count: number | "1000+";
                }[];
            };
            /** @description What the text names exactly: a tag or a digest. */
            jump: {
                repository: string;
                tag?: string;
                digest?: string;
            } | null;
        };
        RepositorySummary: {
            /** @description As people write it: `alpine` for `library/alpine`. */
            name: string;
            namespace: string;
            description: string;
            /**
             * @description public: everybody may find and pull it; private: it does not exist for anyone else.
             * @enum {string}
             */
            visibility: "public" | "private";
            starCount: number;
            /** @description By the requester. */
            isStarred: boolean;
            /** @description GETs of manifests by clients since the beginning. */
            pullCount: number;
            /** Format: date-time */
            lastPulledAt: string | null;
            /**
             * @description What the latest image runs on.
             * @example [
             *       "linux/amd64",
             *       "linux/arm64/v8"
             *     ]
             */
            platforms: string[];
            /** @description What it holds; an index counts as what it lists. */
            artifactKinds: ("image" | "chart" | "wasm" | "signature" | "sbom" | "attestation" | "artifact")[];
            /** @description `latest`, or the tag that was pushed last. */
            latestTag: string | null;
            /** @description Of the latest tag, all platforms together. */
            sizeBytes: number | null;
            tagCount: number;
            /**
             * Format: date-time
             * @description The last push of a manifest.
             */
            pushedAt: string | null;
            /** Format: date-time */
            createdAt: string;
        };
        Suggestions: {
            items: components["schemas"]["Suggestion"][];
        };
        Suggestion: {
            /** @enum {string} */
            kind: "repository" | "tag" | "digest";
            /** @description The repository. */
            name: string;
            tag?: string;
            digest?: string;
        };
        RepositoryPage: {
            items: components["schemas"]["RepositorySummary"][];
            nextCursor?: string;
        };
        NewRepository: {
            /**
             * @description The full name.
             * @example team/app
             */
            name: string;
            /**
             * @description public: everybody may find and pull it; private: it does not exist for anyone else.
             * @default private
             * @enum {string}
             */
            visibility: "public" | "private";
            /**
             * @description One line, shown in lists and by `docker search`.
             * @default
             */
            description: string;
        };
        Repository: {
            /** @description As people write it: `alpine` for `library/alpine`. */
            name: string;
            namespace: string;
            description: string;
            /**
             * @description public: everybody may find and pull it; private: it does not exist for anyone else.
             * @enum {string}
             */
            visibility: "public" | "private";
            starCount: number;
            /** @description By the requester. */
            isStarred: boolean;
            /** @description GETs of manifests by clients since the beginning. */
            pullCount: number;
            /** Format: date-time */
            lastPulledAt: string | null;
            /**
             * @description What the latest image runs on.
             * @example [
             *       "linux/amd64",
             *       "linux/arm64/v8"
             *     ]
             */
            platforms: string[];
            /** @description What it holds; an index counts as what it lists. */
            artifactKinds: ("image" | "chart" | "wasm" | "signature" | "sbom" | "attestation" | "artifact")[];
            /** @description `latest`, or the tag that was pushed last. */
            latestTag: string | null;
            /** @description Of the latest tag, all platforms together. */
            sizeBytes: number | null;
            tagCount: number;
            /**
             * Format: date-time
             * @description The last push of a manifest.
             */
            pushedAt: string | null;
            /** Format: date-time */
            createdAt: string;
            readme: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description What the requester may do to it now. */
            permissions: ("pull" | "push" | "delete" | "manage" | "administer")[];
            /** @description The last 30 days (UTC), today last. */
            pullsByDay: {
                /** Format: date */
                day: string;
                count: number;
            }[];
            /** @description Of all that it holds, each blob once. */
            totalBytes: number;
        };
        RepositoryChange: {
            /**
             * @description public: everybody may find and pull it; private: it does not exist for anyone else.
             * @enum {string}
             */
            visibility?: "public" | "private";
            /** @description One line, shown in lists and by `docker search`. */
            description?: string;
            /** @description Markdown. */
            readme?: string;
        };
        NamespacePage: {
            items: components["schemas"]["Namespace"][];
            nextCursor?: string;
        };
        Namespace: {
            name: string;
            /** @enum {string} */
            kind: "user" | "organization" | "instance";
            /** @description Of repositories that the requester may pull, up to 1000. */
            repositoryCount: number;
            /**
             * @description Of the requester; null for who is no member.
             * @enum {string|null}
             */
            role: "reader" | "writer" | "maintainer" | "owner" | null;
            /** @description Null for who is neither a member nor an admin. */
            description: string | null;
            /**
             * Format: date-time
             * @description Null for who is neither a member nor an admin.
             */
            createdAt: string | null;
        };
        NewNamespace: {
            /**
             * @description One lowercase component of repository names. It is never given out again, and cannot change.
             * @example team
             */
            name: string;
            /**
             * @description One line about whose namespace it is.
             * @default
             */
            description: string;
        };
        NamespaceChange: {
            /** @description One line about whose namespace it is. */
            description?: string;
        };
        MemberPage: {
            items: components["schemas"]["Member"][];
            nextCursor?: string;
        };
        Member: {
            username: string;
            /**
             * @description reader: pull; writer: and push; maintainer: and delete, settings; owner: everything.
             * @enum {string}
             */
            role: "reader" | "writer" | "maintainer" | "owner";
            /** Format: date-time */
            createdAt: string;
        };
        RoleBody: {
            /**
             * @description reader: pull; writer: and push; maintainer: and delete, settings; owner: everything.
             * @enum {string}
             */
            role: "reader" | "writer" | "maintainer" | "owner";
        };
        TeamPage: {
            items: components["schemas"]["Team"][];
            nextCursor?: string;
        };
        Team: {
            name: string;
            description: string;
            memberCount: number;
            /** Format: date-time */
            createdAt: string;
        };
        NewTeam: {
            /**
             * @description One lowercase component.
             * @example developers
             */
            name: string;
            /**
             * @description One line about whom it gathers.
             * @default
             */
            description: string;
        };
        TeamChange: {
            /** @description One line about whom it gathers. */
            description?: string;
        };
        TeamMemberPage: {
            items: components["schemas"]["TeamMember"][];
            nextCursor?: string;
        };
        TeamMember: {
            username: string;
            /** Format: date-time */
            createdAt: string;
        };
        TrashedItemPage: {
            items: components["schemas"]["TrashedItem"][];
            nextCursor?: string;
        };
        TrashedItem: {
            /** @enum {string} */
            kind: "namespace" | "repository";
            id: string;
            name: string;
            /** Format: date-time */
            deletedAt: string;
            deletedBy: string;
            /**
             * Format: date-time
             * @description Removed for good after that.
             */
            restorableUntil: string;
            /** @description Repositories that come back with a namespace. */
            repositoryCount: number;
            /** @description Tags of a repository. */
            tagCount: number;
            /** @description Of the blobs it has, each once, whoever else has them. */
            sizeBytes: number;
        };
        Restoration: {
            /** @description Another full name in the same namespace, when its own is taken again. */
            name?: string;
        };
        Restored: {
            name: string;
        };
        Purge: {
            /** @description The name of what is removed, to say that it is meant. */
            name: string;
        };
        TrashedManifestPage: {
            items: components["schemas"]["TrashedManifest"][];
            nextCursor?: string;
        };
        TrashedManifest: {
            id: string;
            digest: string;
            /** @enum {string} */
            artifactKind: "image" | "index" | "chart" | "wasm" | "signature" | "sbom" | "attestation" | "artifact";
            platforms: string[];
            /** @description Tags that come back with it, at most 100. */
            tags: string[];
            /** @description What went with it and comes back with it: what it lists and what was attached. */
            attachedCount: number;
            /** @description As it is transferred. */
            sizeBytes: number;
            /**
             * @description By somebody, by a retention rule, or by its time.
             * @enum {string}
             */
            reason: "deleted" | "retention" | "expired";
            /** Format: date-time */
            deletedAt: string;
            deletedBy: string;
            /**
             * Format: date-time
             * @description Removed for good after that.
             */
            restorableUntil: string;
        };
        RestoredManifest: {
            digest: string;
            /** @description All manifests that came back. */
            digests: string[];
            /** @description Tags that came back. */
            tags: string[];
            /** @description Tags that were pushed again since, and stay where they are. */
            takenTags: {
                tag: string;
                digest: string;
            }[];
        };
        ManifestPurge: {
            /** @description The digest of what is removed, to say that it is meant. */
            digest: string;
        };
        LifecycleAnswer: {
            own: components["schemas"]["Lifecycle"];
            /** @description Null on a namespace itself. Immutable and expiring tags add up; retention is the repository’s own if it has one. */
            ofNamespace: components["schemas"]["Lifecycle"] | null;
        };
        Lifecycle: {
            /**
             * @description Tags that cannot be moved or deleted.
             * @default []
             * @example [
             *       "v*",
             *       "!v0.*"
             *     ]
             */
            immutableTags: string[];
            /**
             * @description Tags that end by themselves, so long after their last push.
             * @default null
             */
            expiry: {
                /**
                 * @description Whole tags; `*` stands for any characters, `?` for one. A pattern behind `!` takes out what others match.
                 * @example [
                 *       "v*",
                 *       "!v0.*"
                 *     ]
                 */
                tags: string[];
                /** @example 30d */
                after: string;
            } | null;
            /** @default null */
            retention: components["schemas"]["RetentionPolicy"] | null;
        };
        RetentionPolicy: {
            /** @description A tag is of the first rule that matches it; one that none matches is kept. */
            rules: components["schemas"]["RetentionRule"][];
            /**
             * @description Manifests without a tag, that no index lists and that are attached to nothing, go after this.
             * @example 30d
             */
            untaggedAfter?: string;
        };
        RetentionRule: {
            /**
             * @description Whole tags; `*` stands for any characters, `?` for one. A pattern behind `!` takes out what others match.
             * @example [
             *       "v*",
             *       "!v0.*"
             *     ]
             */
            tags: string[];
            keepLast?: number;
            /**
             * @description What `keepLast` counts from: the last pushed, or the highest versions.
             * @default pushed
             * @enum {string}
             */
            order: "pushed" | "semver";
            /** @example 30d */
            keepNewerThan?: string;
            /** @example 30d */
            keepPulledWithin?: string;
        };
        LifecycleCoverage: {
            immutable: components["schemas"]["PatternCoverage"][];
            expiring: components["schemas"]["PatternCoverage"][];
        };
        PatternCoverage: {
            pattern: string;
            /**
             * @description Whose rule it is.
             * @enum {string}
             */
            of: "repository" | "namespace";
            /** @description Tags that match and no exception takes out; of an exception, those it takes out. */
            tagCount: number;
            /** @description The first ten of them, the highest versions first. */
            tags: string[];
        };
        RetentionPreviewBody: {
            /** @description A policy to try; the one that holds now without it. */
            retention?: components["schemas"]["RetentionPolicy"];
        };
        RetentionPreview: {
            tagCount: number;
            /** @description With the children of indexes, and what is attached. */
            manifestCount: number;
            /** @description Of what the repository needs no more then; freed after its time in trash, where no other repository needs it. */
            freedBytes: number;
            /** @description By name, the first 1000. */
            tags: {
                tag: string;
                digest: string;
            }[];
            /** @description Digests, the first 1000. */
            manifests: string[];
            /** @description Why the other tags stay. */
            kept: components["schemas"]["KeptTags"][];
            /** @description Manifests without a tag that stay, since no rule is for them or they are too young. */
            keptUntaggedCount: number;
            /** @description Stands for all that goes: a run can be held to it. */
            plan: string;
        };
        KeptTags: {
            /**
             * @description immutable; unmatched: no rule is for it; last: of the last or highest; newer: than its rule says; pulled: lately.
             * @enum {string}
             */
            because: "immutable" | "unmatched" | "last" | "newer" | "pulled";
            /** @description Which rule keeps them, from 0. */
            rule: number | null;
            tagCount: number;
            /** @description By name, the first 20. */
            tags: string[];
        };
        /** @default {} */
        RetentionRunBody: {
            /** @description Of the preview: 409, and nothing is removed, when the run would remove something else. */
            plan?: string;
        };
        RetentionRun: {
            id: string;
            /** Format: date-time */
            startedAt: string;
            /** Format: date-time */
            finishedAt: string;
            /** @description A name, or `system`: by the schedule. */
            runBy: string;
            tagCount: number;
            manifestCount: number;
            freedBytes: number;
            /** @description Whether some of it is still to be restored. */
            isRestorable: boolean;
        };
        RestoredRun: {
            tagCount: number;
            manifestCount: number;
            /** @description Why something did not come back. */
            problems: string[];
        };
        RetentionRunPage: {
            items: components["schemas"]["RetentionRun"][];
            nextCursor?: string;
            /**
             * Format: date-time
             * @description When the next run comes by its schedule.
             */
            nextAt: string | null;
        };
        AccessTokenPage: {
            items: components["schemas"]["AccessToken"][];
            nextCursor?: string;
        };
        AccessToken: {
            id: string;
            name: string;
            /**
             * @description The beginning of the secret.
             * @example berth_pat_3kFa
             */
            prefix: string;
            /** @description repository:read, :write, :delete: pull, push, delete; admin: change settings. */
            scopes: ("repository:read" | "repository:write" | "repository:delete" | "admin")[];
            /** @description Null: no limit. */
            repositories: string[] | null;
            /** Format: date-time */
            expiresAt: string | null;
            /**
             * Format: date-time
             * @description Until when the secret before the last rotation counts as well.
             */
            previousExpiresAt: string | null;
            /** Format: date-time */
            lastUsedAt: string | null;
            lastUsedAddress: string | null;
            /** Format: date-time */
            createdAt: string;
        };
        NewAccessToken: {
            /**
             * @description By which its owner knows it.
             * @example laptop
             */
            name: string;
            /** @description repository:read, :write, :delete: pull, push, delete; admin: change settings. */
            scopes: ("repository:read" | "repository:write" | "repository:delete" | "admin")[];
            /**
             * @description Limits it to these: names (`team/app`) and beginnings followed by `*` (`team/*`). None: no limit.
             * @example [
             *       "team/*"
             *     ]
             */
            repositories?: string[] | null;
            /**
             * Format: date-time
             * @description RFC 3339, in the future. None: it counts until it is revoked.
             */
            expiresAt?: string | null;
        };
        AccessTokenWithSecret: {
            id: string;
            name: string;
            /**
             * @description The beginning of the secret.
             * @example berth_pat_3kFa
             */
            prefix: string;
            /** @description repository:read, :write, :delete: pull, push, delete; admin: change settings. */
            scopes: ("repository:read" | "repository:write" | "repository:delete" | "admin")[];
            /** @description Null: no limit. */
            repositories: string[] | null;
            /** Format: date-time */
            expiresAt: string | null;
            /**
             * Format: date-time
             * @description Until when the secret before the last rotation counts as well.
             */
            previousExpiresAt: string | null;
            /** Format: date-time */
            lastUsedAt: string | null;
            lastUsedAddress: string | null;
            /** Format: date-time */
            createdAt: string;
            /** @description The secret. It is shown only this once. */
            token: string;
        };
        /**
         * @default {
         *       "overlapSeconds": 0
         *     }
         */
        Rotation: {
            /**
             * @description How long the secret of before counts as well, 7 days at most.
             * @default 0
             */
            overlapSeconds: number;
        };
        OwnedAccessTokenPage: {
            items: components["schemas"]["OwnedAccessToken"][];
            nextCursor?: string;
        };
        OwnedAccessToken: {
            id: string;
            name: string;
            /**
             * @description The beginning of the secret.
             * @example berth_pat_3kFa
             */
            prefix: string;
            /** @description repository:read, :write, :delete: pull, push, delete; admin: change settings. */
            scopes: ("repository:read" | "repository:write" | "repository:delete" | "admin")[];
            /** @description Null: no limit. */
            repositories: string[] | null;
            /** Format: date-time */
            expiresAt: string | null;
            /**
             * Format: date-time
             * @description Until when the secret before the last rotation counts as well.
             */
            previousExpiresAt: string | null;
            /** Format: date-time */
            lastUsedAt: string | null;
            lastUsedAddress: string | null;
            /** Format: date-time */
            createdAt: string;
            owner: string;
        };
        Revocations: {
            ids: string[];
        };
        Revoked: {
            /** @description Of those asked for, what was still there. */
            revokedIds: string[];
        };
        RobotPage: {
            items: components["schemas"]["Robot"][];
            nextCursor?: string;
        };
        Robot: {
            name: string;
            /**
             * @description By which it signs in.
             * @example robot+team+ci
             */
            username: string;
            description: string;
            /**
             * @description The beginning of the secret.
             * @example berth_robot_3kFa
             */
            prefix: string;
            /** @description repository:read, :write, :delete: pull, push, delete. A robot administers nothing. */
            scopes: ("repository:read" | "repository:write" | "repository:delete")[];
            /** @description Null: no limit. */
            repositories: string[] | null;
            /** Format: date-time */
            expiresAt: string | null;
            /**
             * Format: date-time
             * @description Until when the secret before the last rotation counts as well.
             */
            previousExpiresAt: string | null;
            isDisabled: boolean;
            /** Format: date-time */
            lastUsedAt: string | null;
            lastUsedAddress: string | null;
            /** Format: date-time */
            createdAt: string;
        };
        NewRobot: {
            /**
             * @description One lowercase component.
             * @example ci
             */
            name: string;
            /**
             * @description One line about what it is for.
             * @default
             */
            description: string;
            /** @description repository:read, :write, :delete: pull, push, delete. A robot administers nothing. */
            scopes: ("repository:read" | "repository:write" | "repository:delete")[];
            /**
             * @description Limits it to these: names (`team/app`) and beginnings followed by `*` (`team/*`). None: no limit.
             * @example [
             *       "team/*"
             *     ]
             */
            repositories?: string[] | null;
            /**
             * Format: date-time
             * @description RFC 3339, in the future. None: it counts until it is revoked.
             */
            expiresAt?: string | null;
        };
        RobotWithSecret: {
            name: string;
            /**
             * @description By which it signs in.
             * @example robot+team+ci
             */
            username: string;
            description: string;
            /**
             * @description The beginning of the secret.
             * @example berth_robot_3kFa
             */
            prefix: string;
            /** @description repository:read, :write, :delete: pull, push, delete. A robot administers nothing. */
            scopes: ("repository:read" | "repository:write" | "repository:delete")[];
            /** @description Null: no limit. */
            repositories: string[] | null;
            /** Format: date-time */
            expiresAt: string | null;
            /**
             * Format: date-time
             * @description Until when the secret before the last rotation counts as well.
             */
            previousExpiresAt: string | null;
            isDisabled: boolean;
            /** Format: date-time */
            lastUsedAt: string | null;
            lastUsedAddress: string | null;
            /** Format: date-time */
            createdAt: string;
            /** @description The password. It is shown only this once. */
            secret: string;
        };
        RobotChange: {
            /** @description One line about what it is for. */
            description?: string;
            /** @description repository:read, :write, :delete: pull, push, delete. A robot administers nothing. */
            scopes?: ("repository:read" | "repository:write" | "repository:delete")[];
            /**
             * @description Null takes the limit away.
             * @example [
             *       "team/*"
             *     ]
             */
            repositories?: string[] | null;
            /**
             * Format: date-time
             * @description Null takes the end away.
             */
            expiresAt?: string | null;
            isDisabled?: boolean;
        };
        PlacedRobotPage: {
            items: components["schemas"]["PlacedRobot"][];
            nextCursor?: string;
        };
        PlacedRobot: {
            name: string;
            /**
             * @description By which it signs in.
             * @example robot+team+ci
             */
            username: string;
            description: string;
            /**
             * @description The beginning of the secret.
             * @example berth_robot_3kFa
             */
            prefix: string;
            /** @description repository:read, :write, :delete: pull, push, delete. A robot administers nothing. */
            scopes: ("repository:read" | "repository:write" | "repository:delete")[];
            /** @description Null: no limit. */
            repositories: string[] | null;
            /** Format: date-time */
            expiresAt: string | null;
            /**
             * Format: date-time
             * @description Until when the secret before the last rotation counts as well.
             */
            previousExpiresAt: string | null;
            isDisabled: boolean;
            /** Format: date-time */
            lastUsedAt: string | null;
            lastUsedAddress: string | null;
            /** Format: date-time */
            createdAt: string;
            id: string;
            namespace: string;
        };
        GrantPage: {
            items: components["schemas"]["Grant"][];
            nextCursor?: string;
        };
        Grant: {
            /** @enum {string} */
            kind: "user" | "team" | "robot";
            /** @description A user name (a robot has one too), or a team of the namespace. */
            name: string;
            /**
             * @description reader: pull; writer: and push; maintainer: and delete, settings; owner: everything.
             * @enum {string}
             */
            role: "reader" | "writer" | "maintainer" | "owner";
            /** Format: date-time */
            createdAt: string;
        };
        SignIn: {
            username: string;
            /** @description Not an access token: those are for clients. */
            password: string;
        };
        NewSession: {
            id: string;
            username: string;
        };
        SessionPage: {
            items: components["schemas"]["Session"][];
            nextCursor?: string;
        };
        Session: {
            id: string;
            /** @description Whether it is the one that this request came with. */
            isCurrent: boolean;
            /** @description From which it was begun. */
            address: string | null;
            userAgent: string | null;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description To within five minutes.
             */
            lastUsedAt: string;
            /**
             * Format: date-time
             * @description Put off by every use.
             */
            expiresAt: string;
        };
        NewUser: {
            /**
             * @description One lowercase component of repository names, and the name of the namespace that comes with it.
             * @example alice
             */
            username: string;
            /** Format: email */
            email?: string;
            /** @description An admin may leave it out and gets a link to set it. */
            password?: string;
        };
        CreatedUser: {
            username: string;
            email: string | null;
            isAdmin: boolean;
            /** Format: date-time */
            createdAt: string;
            namespace: string;
            passwordLink?: components["schemas"]["PasswordLink"];
        };
        PasswordLink: {
            /**
             * Format: uri
             * @description Works once. Whoever has it sets the password: hand it over safely.
             */
            url: string;
            /** Format: date-time */
            expiresAt: string;
        };
        Me: {
            /** @enum {string} */
            kind: "user" | "robot";
            username: string;
            email: string | null;
            isAdmin: boolean;
            /** @description Whether an admin has set the password and so knows it: change it. */
            isPasswordTemporary: boolean;
            /** Format: date-time */
            lastSignInAt: string | null;
            namespaces: {
                name: string;
                /** @enum {string} */
                kind: "user" | "organization" | "instance";
                /** @enum {string} */
                role: "reader" | "writer" | "maintainer" | "owner";
            }[];
            credential: {
                /** @enum {string} */
                kind: "session" | "password" | "access-token" | "robot";
                name: string;
                /** @description What the credential allows at most; null for all that its owner may do. */
                scopes: string[] | null;
            };
        };
        ProfileChange: {
            /** Format: email */
            email?: string | null;
        };
        PasswordChange: {
            oldPassword: string;
            /** @description 10 to 256 characters, and none of the usual ones. */
            newPassword: string;
        };
        OpenPasswordLink: {
            username: string;
            /** Format: date-time */
            expiresAt: string;
        };
        LinkedPassword: {
            /** @description 10 to 256 characters, and none of the usual ones. */
            password: string;
        };
        UserPage: {
            items: components["schemas"]["User"][];
            nextCursor?: string;
        };
        User: {
            username: string;
            email: string | null;
            isAdmin: boolean;
            isDisabled: boolean;
            hasPassword: boolean;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description With the password, to within a minute.
             */
            lastSignInAt: string | null;
            /**
             * Format: date-time
             * @description By password, session or access token.
             */
            lastUsedAt: string | null;
        };
        UserChange: {
            isAdmin?: boolean;
            isDisabled?: boolean;
            /** Format: email */
            email?: string | null;
        };
        RemovedUser: {
            owner: string;
            /** @description Which the owner has got: the own one, and organizations that had no other owner. */
            namespaces: string[];
        };
        OidcProviders: {
            items: {
                /**
                 * @description Sign-in begins at `/api/v1/oidc/{name}/login?next=`.
                 * @example corp
                 */
                name: string;
                /** @description What people read. */
                label: string;
            }[];
        };
        Identities: {
            items: {
                /** @example corp */
                provider: string;
                /** @description What the provider calls the person. */
                displayName: string | null;
                /** Format: date-time */
                createdAt: string;
                /** Format: date-time */
                lastSignInAt: string | null;
            }[];
        };
        NewIdentity: {
            /** @description The page to come back to. */
            next?: string;
        };
        IdentityLogin: {
            /**
             * Format: uri
             * @description Where this browser goes; it holds for ten minutes.
             */
            url: string;
        };
        TeamGroups: {
            items: components["schemas"]["TeamGroup"][];
        };
        TeamGroup: {
            /** @example corp */
            provider: string;
            group: string;
            /** Format: date-time */
            createdAt: string;
        };
        GroupName: {
            provider: string;
            /**
             * @description As the provider's groups claim has it.
             * @example developers
             */
            group: string;
        };
        /** @description The data of `push-progress`: all blobs of a push that goes on. */
        PushProgress: {
            /** @description As people write it. */
            repository: string;
            uploads: {
                id: string;
                /** @description That have arrived. */
                bytes: number;
                /** @description Where the client has sent a length. */
                totalBytes: number | null;
                /** @description Once it is finished. */
                digest: string | null;
                /** @enum {string} */
                state: "open" | "finished";
            }[];
        };
        /** @description The data of `pushed`: a manifest was pushed, or a tag was put back. */
        Pushed: {
            /** @description As people write it. */
            repository: string;
            tag: string | null;
            digest: string;
            /** Format: date-time */
            at: string;
        };
        Collection: {
            /** @description Of scheduled collections. */
            graceSeconds: number;
            /** Format: date-time */
            nextAt: string | null;
            /** @description Queued or under way. */
            current: components["schemas"]["JobRun"] | null;
            /** @description The last that ended. */
            last: components["schemas"]["JobRun"] | null;
        };
        CollectionOrder: {
            /** @description How long nobody may have touched what goes; `BERTH_COLLECTION_GRACE_SECONDS` if not given. */
            graceSeconds?: number;
            /** @description Removes nothing, and answers what would go. */
            dryRun?: boolean;
            /** @description How long the answer may wait for the end; 10 if not given. */
            waitSeconds?: number;
        };
        Function: Record<string, never>;
        BlobExplanation: {
            digest: string;
            /**
             * @description kept: a manifest or its trash needs it; waiting: nothing needs it, the grace period goes on; collectable: the next collection removes it; removing: it has gone, its bytes are being removed.
             * @enum {string}
             */
            fate: "kept" | "waiting" | "collectable" | "removing";
            sentence: string;
            /**
             * Format: date-time
             * @description When a collection may take it, if nobody touches it.
             */
            goesAt: string | null;
            sizeBytes: number | null;
            /** Format: date-time */
            createdAt: string | null;
            /** Format: date-time */
            touchedAt: string | null;
            /** Format: date-time */
            damagedAt: string | null;
            repositoryCount: number;
            /** @description Up to 50 that link it, each with up to 20 manifests. */
            repositories: {
                name: string;
                /**
                 * Format: date-time
                 * @description Of a repository in trash.
                 */
                deletedAt: string | null;
                /** Format: date-time */
                touchedAt: string;
                isNeeded: boolean;
                manifests: {
                    digest: string;
                    tags: string[];
                }[];
                trash: {
                    digest: string;
                    /** Format: date-time */
                    deletedAt: string;
                }[];
            }[];
        };
        Storage: {
            /** @description Of all blobs in the store, each once. */
            totalBytes: number;
            /** @description Of blobs that at most one repository has. */
            exclusiveBytes: number;
            /** @description Of blobs that several repositories have, each once. */
            sharedBytes: number;
            /** @description What more it would be if repositories shared nothing. */
            savedBytes: number;
            /** @description Of blobs that no repository has: a collection removes them after the grace period. */
            unlinkedBytes: number;
            /** @description Of blobs that only trash needs. */
            trashBytes: number;
            /** @description Of manifests; they lie in the database. */
            manifestBytes: number;
            blobCount: number;
            /** @description Those whose going would free most. */
            namespaces: components["schemas"]["StorageOwner"][];
            /** @description Those whose going would free most. */
            repositories: components["schemas"]["StorageOwner"][];
        };
        StorageOwner: {
            name: string;
            /** @description Of blobs that nobody else of its kind has: what its going frees. */
            exclusiveBytes: number;
            /** @description Of blobs that others of its kind have as well. */
            sharedBytes: number;
            isInTrash: boolean;
        };
        NamespaceUsagePage: {
            items: components["schemas"]["NamespaceUsage"][];
            nextCursor?: string;
        };
        NamespaceUsage: {
            /** @description Of a namespace: of all blobs that one of its repositories has, each once, also those that only trash needs. Of the instance: of all blobs in the store. */
            usedBytes: number;
            usedRepositories: number;
            /** @description Most bytes of blobs; null: no limit. */
            maxBytes: number | null;
            /** @description Most repositories; null: no limit. */
            maxRepositories: number | null;
            name: string;
            /** @enum {string} */
            kind: "user" | "organization" | "instance";
            description: string;
            /** Format: date-time */
            createdAt: string;
        };
        QuotaList: {
            instance: components["schemas"]["Usage"];
            items: components["schemas"]["NamespaceQuota"][];
        };
        Usage: {
            /** @description Of a namespace: of all blobs that one of its repositories has, each once, also those that only trash needs. Of the instance: of all blobs in the store. */
            usedBytes: number;
            usedRepositories: number;
            /** @description Most bytes of blobs; null: no limit. */
            maxBytes: number | null;
            /** @description Most repositories; null: no limit. */
            maxRepositories: number | null;
        };
        NamespaceQuota: {
            /** @description Of a namespace: of all blobs that one of its repositories has, each once, also those that only trash needs. Of the instance: of all blobs in the store. */
            usedBytes: number;
            usedRepositories: number;
            /** @description Most bytes of blobs; null: no limit. */
            maxBytes: number | null;
            /** @description Most repositories; null: no limit. */
            maxRepositories: number | null;
            namespace: string;
        };
        QuotaLimits: {
            /** @description Most bytes of blobs; null: no limit. */
            maxBytes: number | null;
            /** @description Most repositories; null: no limit. */
            maxRepositories: number | null;
        };
        NamespaceStorage: {
            /** @description Of a namespace: of all blobs that one of its repositories has, each once, also those that only trash needs. Of the instance: of all blobs in the store. */
            usedBytes: number;
            usedRepositories: number;
            /** @description Most bytes of blobs; null: no limit. */
            maxBytes: number | null;
            /** @description Most repositories; null: no limit. */
            maxRepositories: number | null;
            /** @description Of blobs that several repositories of the namespace have, each once. */
            sharedBytes: number;
            /** @description What more it would be if its repositories shared nothing. */
            savedBytes: number;
        };
        PullStatistics: {
            /** @description Since the beginning. */
            pullCount: number;
            /** Format: date-time */
            lastPulledAt: string | null;
            /** @description The last 90 days (UTC), today last. */
            days: {
                /** Format: date */
                day: string;
                count: number;
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listAuditEntries: {
        parameters: {
            query?: {
                /** @description Most entries wanted, 1 to 100. */
                limit?: string;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                actor?: string;
                /** @description Whole, or its beginning and a star: `user.*`. */
                action?: string;
                /** @description Whole, or its beginning and a star: `repository:team/*`. */
                object?: string;
                result?: "done" | "refused";
                /** @description The earliest time wanted. */
                from?: string;
                /** @description The first time no longer wanted. */
                to?: string;
                /** @description All that match as one file, whatever `limit` and `cursor` say. */
                format?: "csv" | "jsonl";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                };
            };
        };
    };
    listJobs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobList"];
                };
            };
        };
    };
    getJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
        };
    };
    listJobRuns: {
        parameters: {
            query?: {
                /** @description Most entries wanted, 1 to 100. */
                limit?: string;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                job: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobRunPage"];
                };
            };
        };
    };
    runJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobRun"];
                };
            };
        };
    };
    cancelJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobRun"];
                };
            };
        };
    };
    getManifestDetail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The full name, URL-encoded: `team%2Fapp`. */
                name: string;
                digest: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManifestDetail"];
                };
            };
        };
    };
    deleteShownManifest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The full name, URL-encoded: `team%2Fapp`. */
                name: string;
                digest: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted; `POST` to `Location` with `/restore` behind it brings it back. */
            204: {
                headers: {
                    /** @description Its entry in the trash. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    compareManifests: {
        parameters: {
            query: {
                /** @description A tag or a digest. */
                a: string;
                /** @description A tag or a digest. */
                b: string;
                /** @description Of indexes. Without it linux/amd64, or else the first that both have. */
                platform?: string;
            };
            header?: never;
            path: {
                /** @description The full name, URL-encoded: `team%2Fapp`. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comparison"];
                };
            };
        };
    };
    listTags: {
        parameters: {
            query?: {
                /** @description Most entries wanted, 1 to 100. */
                limit?: string;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description Part of the name. */
                q?: string;
                /** @description semver: 1.10 after 1.9, a pre-release before its release, `latest` after all versions. */
                sort?: "semver" | "name" | "updated" | "size";
                /** @description Without it by name from the first, else from the last. */
                order?: "asc" | "desc";
                /** @description Manifests that no tag and no index names as well. */
                untagged?: "true" | "false";
                /** @description What is attached to another manifest as well: signatures, SBOMs, … */
                referrers?: "true" | "false";
                /** @description Say what each image has alone. */
                uniqueBytes?: "true" | "false";
            };
            header?: never;
            path: {
                /** @description The full name, URL-encoded: `team%2Fapp`. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TagPage"];
                };
            };
        };
    };
    getTag: {
        parameters: {
            query?: {
                /** @description Where the tag pointed then. */
                at?: string;
            };
            header?: never;
            path: {
                /** @description The full name, URL-encoded: `team%2Fapp`. */
                name: string;
                tag: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManifestDetail"] | components["schemas"]["TagAt"];
                };
            };
        };
    };
    deleteTag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The full name, URL-encoded: `team%2Fapp`. */
                name: string;
                tag: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletedTag"];
                };
            };
        };
    };
    listTagMoves: {
        parameters: {
            query?: {
                /** @description Most entries wanted, 1 to 100. */
                limit?: string;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description Of this tag only. */
                tag?: string;
                /** @description Only the deletion of tags that are gone, and that can be put back on a manifest that is there. */
                deleted?: "true" | "false";
            };
            header?: never;
            path: {
                /** @description The full name, URL-encoded: `team%2Fapp`. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TagMovePage"];
                };
            };
        };
    };
    restoreTag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The full name, URL-encoded: `team%2Fapp`. */
                name: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RestoredTag"];
                };
            };
        };
    };
    searchRepositories: {
        parameters: {
            query?: {
                /** @description Most entries wanted, 1 to 100. */
                limit?: string;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description Words; `name:tag` and `sha256:…` name something exactly. Empty: everything. */
                q?: string;
                /** @description relevance: the exact name, the last component, beginnings, words, similar words; among these what is pulled and pushed most. */
                sort?: "relevance" | "updated" | "name" | "pulls";
                platform?: string;
                /** @description A kind of artifact that the repository holds. */
                type?: "image" | "chart" | "wasm" | "signature" | "sbom" | "attestation" | "artifact";
                /** @description The same as `type`. */
                artifactType?: "image" | "chart" | "wasm" | "signature" | "sbom" | "attestation" | "artifact";
                visibility?: "public" | "private";
                namespace?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchPage"];
                };
            };
        };
    };
    suggest: {
        parameters: {
            query?: {
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Suggestions"];
                };
            };
        };
    };
    listRepositories: {
        parameters: {
            query?: {
                /** @description Most entries wanted, 1 to 100. */
                limit?: string;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description Only those in namespaces that the requester belongs to or that it was granted, the last pushed first. */
                mine?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RepositoryPage"];
                };
            };
        };
    };
    createRepository: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRepository"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Repository"];
                };
            };
        };
    };
    getRepository: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The full name, URL-encoded: `team%2Fapp`. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Repository"];
                };
            };
        };
    };
    deleteRepository: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The full name, URL-encoded: `team%2Fapp`. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted; `POST` to `Location` with `/restore` behind it brings it back. */
            204: {
                headers: {
                    /** @description Its entry in the trash. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    changeRepository: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The full name, URL-encoded: `team%2Fapp`. */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RepositoryChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Repository"];
                };
            };
        };
    };
    starRepository: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The full name, URL-encoded: `team%2Fapp`. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    unstarRepository: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The full name, URL-encoded: `team%2Fapp`. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listNamespaces: {
        parameters: {
            query?: {
                /** @description Most entries wanted, 1 to 100. */
                limit?: string;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description All that the requester sees anything of, not only those it belongs to. */
                all?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NamespacePage"];
                };
            };
        };
    };
    createNamespace: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewNamespace"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Namespace"];
                };
            };
        };
    };
    getNamespace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                namespace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Namespace"];
                };
            };
        };
    };
    deleteNamespace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                namespace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted; `POST` to `Location` with `/restore` behind it brings it back. */
            204: {
                headers: {
                    /** @description Its entry in the trash. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    changeNamespace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                namespace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NamespaceChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Namespace"];
                };
            };
        };
    };
    listMembers: {
        parameters: {
            query?: {
                /** @description Most entries wanted, 1 to 100. */
                limit?: string;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                namespace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberPage"];
                };
            };
        };
    };
    setMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                namespace: string;
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
        };
    };
    removeMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                namespace: string;
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listTeams: {
        parameters: {
            query?: {
                /** @description Most entries wanted, 1 to 100. */
                limit?: string;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                namespace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamPage"];
                };
            };
        };
    };
    createTeam: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                namespace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTeam"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
        };
    };
    getTeam: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                namespace: string;
                team: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
        };
    };
    deleteTeam: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                namespace: string;
                team: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    changeTeam: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                namespace: string;
                team: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
        };
    };
    listTeamMembers: {
        parameters: {
            query?: {
                /** @description Most entries wanted, 1 to 100. */
                limit?: string;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                namespace: string;
                team: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamMemberPage"];
                };
            };
        };
    };
    addTeamMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                namespace: string;
                team: string;
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamMember"];
                };
            };
        };
    };
    removeTeamMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                namespace: string;
                team: string;
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listTrash: {
        parameters: {
            query?: {
                /** @description Most entries wanted, 1 to 100. */
                limit?: string;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description Of this namespace only. */
                namespace?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrashedItemPage"];
                };
            };
        };
    };
    restoreRepository: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Restoration"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Restored"];
                };
            };
        };
    };
    purgeRepository: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Purge"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    restoreNamespace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Restored"];
                };
            };
        };
    };
    purgeNamespace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Purge"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listTrashedManifests: {
        parameters: {
            query?: {
                /** @description Most entries wanted, 1 to 100. */
                limit?: string;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The full name, URL-encoded: `team%2Fapp`. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrashedManifestPage"];
                };
            };
        };
    };
    restoreManifest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The full name, URL-encoded: `team%2Fapp`. */
                name: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RestoredManifest"];
                };
            };
        };
    };
    purgeManifest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The full name, URL-encoded: `team%2Fapp`. */
                name: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ManifestPurge"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getRepositoryLifecycle: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The full name, URL-encoded: `team%2Fapp`. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LifecycleAnswer"];
                };
            };
        };
    };
    setRepositoryLifecycle: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The full name, URL-encoded: `team%2Fapp`. */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Lifecycle"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LifecycleAnswer"];
                };
            };
        };
    };
    getLifecycleCoverage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The full name, URL-encoded: `team%2Fapp`. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LifecycleCoverage"];
                };
            };
        };
    };
    getNamespaceLifecycle: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                namespace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LifecycleAnswer"];
                };
            };
        };
    };
    setNamespaceLifecycle: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                namespace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Lifecycle"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LifecycleAnswer"];
                };
            };
        };
    };
    previewRetention: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The full name, URL-encoded: `team%2Fapp`. */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RetentionPreviewBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetentionPreview"];
                };
            };
        };
    };
    runRetention: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The full name, URL-encoded: `team%2Fapp`. */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RetentionRunBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetentionRun"];
                };
            };
        };
    };
    restoreRetentionRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The full name, URL-encoded: `team%2Fapp`. */
                name: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RestoredRun"];
                };
            };
        };
    };
    listRetentionRuns: {
        parameters: {
            query?: {
                /** @description Most entries wanted, 1 to 100. */
                limit?: string;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The full name, URL-encoded: `team%2Fapp`. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetentionRunPage"];
                };
            };
        };
    };
    listAccessTokens: {
        parameters: {
            query?: {
                /** @description Most entries wanted, 1 to 100. */
                limit?: string;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessTokenPage"];
                };
            };
        };
    };
    createAccessToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAccessToken"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessTokenWithSecret"];
                };
            };
        };
    };
    getAccessToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessToken"];
                };
            };
        };
    };
    revokeAccessToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    rotateAccessToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Rotation"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessTokenWithSecret"];
                };
            };
        };
    };
    listAllAccessTokens: {
        parameters: {
            query?: {
                /** @description Most entries wanted, 1 to 100. */
                limit?: string;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description true: only those that have expired; false: only those that have not. */
                expired?: "true" | "false";
                /** @description Only those that nobody has used for so many days. */
                unusedDays?: string;
                /** @description Only those of this user. */
                owner?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnedAccessTokenPage"];
                };
            };
        };
    };
    revokeAccessTokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Revocations"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Revoked"];
                };
            };
        };
    };
    revokeAnyAccessToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listRobots: {
        parameters: {
            query?: {
                /** @description Most entries wanted, 1 to 100. */
                limit?: string;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                namespace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RobotPage"];
                };
            };
        };
    };
    createRobot: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                namespace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRobot"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RobotWithSecret"];
                };
            };
        };
    };
    getRobot: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                namespace: string;
                robot: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Robot"];
                };
            };
        };
    };
    deleteRobot: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                namespace: string;
                robot: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    changeRobot: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                namespace: string;
                robot: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RobotChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Robot"];
                };
            };
        };
    };
    rotateRobot: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                namespace: string;
                robot: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Rotation"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RobotWithSecret"];
                };
            };
        };
    };
    listAllRobots: {
        parameters: {
            query?: {
                /** @description Most entries wanted, 1 to 100. */
                limit?: string;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description true: only those that have expired; false: only those that have not. */
                expired?: "true" | "false";
                /** @description Only those that nobody has used for so many days. */
                unusedDays?: string;
                /** @description Only those of this namespace. */
                namespace?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlacedRobotPage"];
                };
            };
        };
    };
    deleteRobots: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Revocations"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Revoked"];
                };
            };
        };
    };
    deleteAnyRobot: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listGrants: {
        parameters: {
            query?: {
                /** @description Most entries wanted, 1 to 100. */
                limit?: string;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The full name, URL-encoded: `team%2Fapp`. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantPage"];
                };
            };
        };
    };
    grantToUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The full name, URL-encoded: `team%2Fapp`. */
                name: string;
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Grant"];
                };
            };
        };
    };
    removeGrantOfUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The full name, URL-encoded: `team%2Fapp`. */
                name: string;
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    grantToTeam: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The full name, URL-encoded: `team%2Fapp`. */
                name: string;
                team: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Grant"];
                };
            };
        };
    };
    removeGrantOfTeam: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The full name, URL-encoded: `team%2Fapp`. */
                name: string;
                team: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    grantToRobot: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The full name, URL-encoded: `team%2Fapp`. */
                name: string;
                /** @description A robot of the same namespace by its name, or any by its user name: `robot+team+ci`. */
                robot: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Grant"];
                };
            };
        };
    };
    removeGrantOfRobot: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The full name, URL-encoded: `team%2Fapp`. */
                name: string;
                /** @description A robot of the same namespace by its name, or any by its user name: `robot+team+ci`. */
                robot: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listSessions: {
        parameters: {
            query?: {
                /** @description Most entries wanted, 1 to 100. */
                limit?: string;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionPage"];
                };
            };
        };
    };
    createSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description The session is in a cookie. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewSession"];
                };
            };
        };
    };
    deleteOtherSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    deleteCurrentSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    deleteSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    createUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewUser"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedUser"];
                };
            };
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
        };
    };
    changeMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProfileChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getPasswordReset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                secret: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenPasswordLink"];
                };
            };
        };
    };
    setPassword: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                secret: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkedPassword"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listUsers: {
        parameters: {
            query?: {
                /** @description Most entries wanted, 1 to 100. */
                limit?: string;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description Part of the user name or e-mail address. */
                q?: string;
                disabled?: "true" | "false";
                admin?: "true" | "false";
                /** @description Only those that nothing was done with for so many days. */
                unused?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserPage"];
                };
            };
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
        };
    };
    deleteUser: {
        parameters: {
            query: {
                /** @description The user who becomes owner of the namespace, which stays as an organization with all that's in it. */
                owner: string;
            };
            header?: never;
            path: {
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RemovedUser"];
                };
            };
        };
    };
    changeUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
        };
    };
    createPasswordReset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasswordLink"];
                };
            };
        };
    };
    listProviders: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OidcProviders"];
                };
            };
        };
    };
    beginLogin: {
        parameters: {
            query?: {
                /** @description The page of Berth to come back to. */
                next?: string;
            };
            header?: never;
            path: {
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To the provider, or to `/login?error=`. */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    finishLogin: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: unknown;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To the page asked for, with a session in a cookie, or to `/login?error=`. */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listIdentities: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Identities"];
                };
            };
        };
    };
    createIdentity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewIdentity"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityLogin"];
                };
            };
        };
    };
    deleteIdentity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listTeamGroups: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                namespace: string;
                team: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamGroups"];
                };
            };
        };
    };
    addTeamGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                namespace: string;
                team: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GroupName"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamGroup"];
                };
            };
        };
    };
    removeTeamGroup: {
        parameters: {
            query: {
                provider: string;
                /** @description As the provider's groups claim has it. */
                group: string;
            };
            header?: never;
            path: {
                namespace: string;
                team: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    streamEvents: {
        parameters: {
            query?: {
                /** @description The full name. Without it: all repositories in the namespaces of the requester. */
                repository?: string;
                /** @description The `id` of the last event that was received, as `Last-Event-ID` says it: what was missed comes first. */
                after?: string;
            };
            header?: {
                /** @description The same as `after`; browsers send it. */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["PushProgress"] | components["schemas"]["Pushed"];
                };
            };
        };
    };
    getCollection: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Collection"];
                };
            };
        };
    };
    collect: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CollectionOrder"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobRun"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobRun"];
                };
            };
        };
    };
    explainBlob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                digest: components["schemas"]["Function"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlobExplanation"];
                };
            };
        };
    };
    getStorage: {
        parameters: {
            query?: {
                /** @description Most entries wanted, 1 to 100. */
                limit?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Storage"];
                };
            };
        };
    };
    listNamespaceUsage: {
        parameters: {
            query?: {
                /** @description Most entries wanted, 1 to 100. */
                limit?: string;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NamespaceUsagePage"];
                };
            };
        };
    };
    listQuotas: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuotaList"];
                };
            };
        };
    };
    setInstanceQuota: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QuotaLimits"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Usage"];
                };
            };
        };
    };
    setNamespaceQuota: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                namespace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QuotaLimits"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Usage"];
                };
            };
        };
    };
    getUsage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                namespace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NamespaceStorage"];
                };
            };
        };
    };
    getPulls: {
        parameters: {
            query?: {
                /** @description Of this tag alone; those by a digest that it was on included. */
                tag?: string;
            };
            header?: never;
            path: {
                /** @description The full name, URL-encoded: `team%2Fapp`. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PullStatistics"];
                };
            };
        };
    };
}

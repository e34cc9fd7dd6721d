// The SCIM provider of SCIMMY on loopback, over a map. Prints its port, and ends when its standard input does.
import express from "express";
import { randomUUID } from "node:crypto";
import SCIMMY from "scimmy";
import SCIMMYRouters from "scimmy-routers";

const users = new Map();

/** SCIMMY leaves uniqueness to whoever stores. */
function refuseDouble(id, user) {
    for (const [other, known] of users) {
        if (other !== id && known.userName.toLowerCase() === user.userName.toLowerCase()) {
            throw new SCIMMY.Types.Error(409, "uniqueness", `the userName '${user.userName}' is taken`);
        }
    }
}

function found(id) {
    if (!users.has(id)) {
        throw new SCIMMY.Types.Error(404, null, `there is no user ${id}`);
    }
    return users.get(id);
}

SCIMMY.Resources.declare(SCIMMY.Resources.User, {
    ingress: (resource, user) => {
        const id = resource.id ?? randomUUID();
        if (resource.id) {
            found(id);
        }
        const { schemas, meta, ...attributes } = JSON.parse(JSON.stringify(user));
        refuseDouble(id, attributes);
        const now = new Date();
        const created = users.get(id)?.meta.created ?? now;
        users.set(id, { ...attributes, id, meta: { created, lastModified: now } });
        return users.get(id);
    },
    egress: resource => resource.id ? found(resource.id) : [...users.values()],
    degress: resource => {
        found(resource.id);
        users.delete(resource.id);
    },
});
SCIMMY.Resources.User.extend(SCIMMY.Schemas.EnterpriseUser, false);

const app = express();
app.use("/scim/v2", new SCIMMYRouters({
    type: "bearer",
    handler: request => {
        if (request.header("Authorization") !== "Bearer scimmy-token") {
            throw new Error("the token is missing or wrong");
        }
        return "rollcall";
    },
}));
const server = app.listen(0, "127.0.0.1", () => console.log(server.address().port));
process.stdin.resume().on("end", () => process.exit(0));

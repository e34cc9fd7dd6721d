// The SCIM provider of Better Auth on loopback, over its database in memory. Prints its port, and ends when its standard
// input does.
import { scim } from "@better-auth/scim";
import { betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";
import { getAuthTables } from "better-auth/db";
import { toNodeHandler } from "better-auth/node";
import { createServer } from "node:http";

const server = createServer();
server.listen(0, "127.0.0.1", () => {
    const plugins = [scim({
        connections: [{ id: "rollcall", credentials: [{ type: "bearer", id: "tests", token: "better-auth-token" }] }],
    })];
    const tables = Object.fromEntries(Object.keys(getAuthTables({ plugins })).map(name => [name, []]));
    const auth = betterAuth({
        baseURL: `http://127.0.0.1:${server.address().port}`,
        secret: "only-for-tests-on-loopback-0123456789",
        database: memoryAdapter(tables),
        logger: { disabled: true },
        rateLimit: { enabled: false },
        plugins,
    });
    server.on("request", toNodeHandler(auth));
    console.log(server.address().port);
});
process.stdin.resume().on("end", () => process.exit(0));

/** A server that answers every request the way the gateway does, and does nothing else. */
import fastify from 'fastify';

const app = fastify();
app.post('/*', (_, reply) => reply.code(202).send({ status: 'accepted' }));
app.get('/', (_, reply) => reply.send({ status: 'ok' }));
await app.listen({ host: '127.0.0.1', port: Number(process.argv[2]) });

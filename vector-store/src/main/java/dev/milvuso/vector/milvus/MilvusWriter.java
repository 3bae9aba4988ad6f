package dev.milvuso.vector.milvus;

import io.milvus.common.utils.GTsDict;
import io.milvus.grpc.DeleteRequest;
import io.milvus.grpc.InsertRequest;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.grpc.MutationResult;
import io.milvus.grpc.UpsertRequest;
import io.milvus.shaded.io.grpc.ManagedChannel;
import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.client.RetryConfig;
import io.milvus.v2.utils.ClientUtils;
import io.milvus.v2.utils.RpcUtils;
import java.util.concurrent.Callable;

/**
 * Sends writes in Milvus's protocol, by a connection of its own beside the SDK's client, which takes rows of JSON alone
 * and keeps what a server says of a delete. It is made by the first write. Failures are the SDK's.
 */
final class MilvusWriter implements AutoCloseable {
    private final ManagedChannel channel;
    private final MilvusServiceGrpc.MilvusServiceBlockingStub server;
    private final RpcUtils answers = new RpcUtils();
    private final String database;

    /** @param connection as the client's */
    MilvusWriter(ConnectConfig connection, RetryConfig retries, String database) {
        this.channel = new ClientUtils().getChannel(connection);
        this.server = MilvusServiceGrpc.newBlockingStub(channel).withWaitForReady();
        this.database = database;
        answers.retryConfig(retries);
    }

    MutationResult insert(InsertRequest rows) {
        return acknowledged(rows.getCollectionName(), () -> server.insert(rows));
    }

    MutationResult upsert(UpsertRequest rows) {
        return acknowledged(rows.getCollectionName(), () -> server.upsert(rows));
    }

    MutationResult delete(DeleteRequest rows) {
        return acknowledged(rows.getCollectionName(), () -> server.delete(rows));
    }

    private MutationResult acknowledged(String collection, Callable<MutationResult> write) {
        return answers.retry(() -> {
            MutationResult result = write.call();
            answers.handleResponse("Write to collection '" + collection + "'", result.getStatus());
            // Where reads of the same session look up what they must wait for.
            GTsDict.getInstance()
                    .updateCollectionTs(GTsDict.CombineCollectionName(database, collection), result.getTimestamp());
            return result;
        });
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}

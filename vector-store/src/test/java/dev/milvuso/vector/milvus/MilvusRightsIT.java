package dev.milvuso.vector.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.milvuso.component.Unavailable;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.SearchRequest;
import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.service.rbac.request.CreateRoleReq;
import io.milvus.v2.service.rbac.request.CreateUserReq;
import io.milvus.v2.service.rbac.request.GrantPrivilegeReq;
import io.milvus.v2.service.rbac.request.GrantRoleReq;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A server that asks who calls, and lets a reader read. */
final class MilvusRightsIT {
    private static final List<String> READS = List.of("Search", "Query", "IndexDetail", "GetLoadState");

    @Test
    void whoMayOnlyReadReadsAndIsToldSoWhenItWrites() {
        CollectionSchema schema = new CollectionSchema("rights", 2, Metric.EUCLIDEAN, List.of());
        try (MilvusServer server = MilvusServer.start("--authorization");
                MilvusVectorStore root = new MilvusVectorStore(
                        server.config("user=root", "password=Milvus", "consistency_level=Strong"));
                MilvusVectorStore reader = new MilvusVectorStore(
                        server.config("user=reader", "password=reads-only", "consistency_level=Strong"))) {
            root.create(schema);
            root.upsert("rights", List.of(new Entity("a", new float[] {1, 0}, Map.of())));
            makeReader(server);
            assertThat(reader.search("rights", SearchRequest.nearest(new float[] {1, 0}, 1)))
                    .hasSize(1);
            for (int i = 0; i < 10; i++) {
                // However often: a refusal is no outage.
                assertThat(catchThrowableOfType(
                                Unavailable.class,
                                () -> reader.upsert("rights", List.of(new Entity("b", new float[] {1, 0}, Map.of())))))
                        .hasMessageContaining("does not allow")
                        .message()
                        .doesNotContain("reads-only");
            }
            assertThat(catchThrowableOfType(Unavailable.class, () -> reader.drop("rights")))
                    .hasMessageContaining("does not allow");
            assertThat(reader.count("rights")).isEqualTo(1);
        }
    }

    private static void makeReader(MilvusServer server) {
        MilvusClientV2 client = new MilvusClientV2(
                ConnectConfig.builder().uri(server.uri()).token("root:Milvus").build());
        try {
            client.createUser(CreateUserReq.builder()
                    .userName("reader")
                    .password("reads-only")
                    .build());
            client.createRole(CreateRoleReq.builder().roleName("readers").build());
            for (String privilege : READS) {
                grant(client, "Collection", privilege);
            }
            for (String privilege : List.of("DescribeCollection", "ShowCollections")) {
                grant(client, "Global", privilege);
            }
            client.grantRole(GrantRoleReq.builder()
                    .userName("reader")
                    .roleName("readers")
                    .build());
        } finally {
            client.close();
        }
    }

    private static void grant(MilvusClientV2 client, String type, String privilege) {
        client.grantPrivilege(GrantPrivilegeReq.builder()
                .roleName("readers")
                .objectType(type)
                .objectName("*")
                .privilege(privilege)
                .build());
    }
}

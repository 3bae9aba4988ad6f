package dev.milvuso.server.collections;

import dev.milvuso.vector.tenant.Tenancy;
import java.util.List;

/** Every route of the vector store. */
public final class Endpoints {
    private static final String ALL = "/collections";
    private static final String ONE = ALL + "/{collection}";
    private static final String ALIAS = ONE + "/aliases/{alias}";
    private static final String PARTITION = ONE + "/partitions/{partition}";
    private static final String INDEX = ONE + "/indexes/{field}";
    private static final String DATABASE = "/databases/{database}";

    private Endpoints() {}

    /** @param tenancy how tenants are kept apart */
    public static List<Endpoint> all(OwnCollections own, Tenancy tenancy) {
        TenantOperations tenants = new TenantOperations(tenancy);
        CollectionOperations collections = new CollectionOperations(own);
        EntityOperations entities = new EntityOperations(own);
        IndexOperations indexes = new IndexOperations(own);
        return List.of(
                without("GET", ALL, CollectionOperations::list),
                with("POST", ALL, collections::create),
                without("GET", ONE, CollectionOperations::describe),
                without("DELETE", ONE, collections::drop),
                with("POST", ONE + "/rename", collections::rename),
                without("POST", ONE + "/truncate", collections::truncate),
                without("POST", ONE + "/load", collections::load),
                without("POST", ONE + "/release", collections::release),
                without("GET", ONE + "/statistics", CollectionOperations::statistics),
                without("GET", ONE + "/state", CollectionOperations::state),
                without("GET", ONE + "/aliases", CollectionOperations::aliases),
                with("POST", ONE + "/aliases", collections::createAlias),
                without("PUT", ALIAS, collections::alterAlias),
                without("DELETE", ALIAS, collections::dropAlias),
                without("GET", ONE + "/partitions", CollectionOperations::partitions),
                without("PUT", PARTITION, collections::createPartition),
                without("DELETE", PARTITION, collections::dropPartition),
                without("POST", PARTITION + "/load", collections::loadPartition),
                without("POST", PARTITION + "/release", collections::releasePartition),
                with("POST", ONE + "/entities", entities::insert),
                with("PUT", ONE + "/entities", entities::upsert),
                without("GET", ONE + "/entities/{key}", EntityOperations::one),
                without("DELETE", ONE + "/entities/{key}", entities::deleteOne),
                with("POST", ONE + "/get", EntityOperations::get),
                with("POST", ONE + "/query", EntityOperations::query),
                with("POST", ONE + "/delete", entities::delete),
                with("POST", ONE + "/count", EntityOperations::count),
                with("POST", ONE + "/search", SearchOperations::search),
                with("POST", ONE + "/hybrid", SearchOperations::hybrid),
                without("GET", ONE + "/indexes", IndexOperations::list),
                with("POST", ONE + "/indexes", indexes::create),
                without("GET", INDEX, IndexOperations::describe),
                with("PUT", INDEX, indexes::replace),
                without("DELETE", INDEX, indexes::drop),
                without("POST", INDEX + "/rebuild", indexes::rebuild),
                without("GET", "/databases", DatabaseOperations::list),
                without("PUT", DATABASE, DatabaseOperations::create),
                without("DELETE", DATABASE, DatabaseOperations::drop),
                without("GET", "/tenants", tenants::list),
                without("PUT", "/tenants/{tenant}", tenants::create),
                without("DELETE", "/tenants/{tenant}", tenants::drop),
                without("GET", "/features", DatabaseOperations::features),
                with("POST", "/advice", DatabaseOperations::advice));
    }

    private static Endpoint with(String method, String path, Operation operation) {
        return new Endpoint(method, path, true, operation);
    }

    private static Endpoint without(String method, String path, Operation operation) {
        return new Endpoint(method, path, false, operation);
    }
}

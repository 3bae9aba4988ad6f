package dev.milvuso.embedded;

import java.nio.file.Path;

/** A process that starts PostgreSQL and Redis, prints their ports and waits for its death. */
final class Parent {
    private Parent() {}

    public static void main(String[] arguments) throws InterruptedException {
        Path directory = Path.of(arguments[0]);
        EmbeddedPostgres postgres = new EmbeddedPostgres(EmbeddedServices.binaries(), directory.resolve("postgres"), 0);
        postgres.start();
        EmbeddedRedis redis = new EmbeddedRedis(EmbeddedServices.binaries(), directory.resolve("redis"), 0);
        redis.start();
        String url = postgres.url();
        System.out.println(url.replaceAll(".*:(\\d+)/.*", "$1") + " " + redis.port());
        Thread.currentThread().join();
    }
}

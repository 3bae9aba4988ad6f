package dev.milvuso.server.http;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;

/** @param path as Javalin writes it, such as {@code /items/{item_id}} */
record Route(HandlerType method, String path, Handler handler) {}

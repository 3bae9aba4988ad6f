/** The route of the data on one page: which record goes through which topic under which key. */
@NullMarked
package dev.milvuso.topic;

import org.jspecify.annotations.NullMarked;

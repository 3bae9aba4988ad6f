/**
 * Brings what stands in files into a running system through its REST API. In: lines. Out: requests, and their count.
 */
@NullMarked
package dev.milvuso.standalone.importing;

import org.jspecify.annotations.NullMarked;

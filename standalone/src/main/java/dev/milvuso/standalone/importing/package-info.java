/** Actions from files into a running system, through its REST API. */
@NullMarked
package dev.milvuso.standalone.importing;

import org.jspecify.annotations.NullMarked;

// Version 4 has no types of its own here; what these tests use of it has the same shape in version 5.
declare module "express4" {
  export { default } from "express"
}

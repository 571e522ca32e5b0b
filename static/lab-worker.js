// One worker of the lab. It gets the compiled simulation by message; the program sees that there is
// no page here, and takes the worker's role.

self.onmessage = async ({ data: { glue, module } }) => {
  self.onmessage = null;
  const { default: init } = await import(glue);
  await init({ module_or_path: module });
};
